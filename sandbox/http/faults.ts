import { type Endpoint, ENDPOINTS, type Vendor, VENDORS } from '../types.ts';

export const FAULT_KINDS = [
  '429-rate',
  '429-concurrency',
  'status',
  'html',
  'empty',
  'garbage',
  'cut',
  'stored-no-answer',
  'cut-body',
  'slow',
  'hang',
  'query-timeout',
  'partial-refusal',
  'redirect',
  'gateway',
] as const;

export type FaultKind = (typeof FAULT_KINDS)[number];

/** A misbehaviour on demand. Every field past `kind` narrows or shapes it. */
export type Fault = {
  vendor: Vendor;
  /** Default `*`. */
  endpoint?: Endpoint | '*';
  kind: FaultKind;
  /** How often; 0 or null is for ever. Default 1. */
  times?: number | null;
  /** Matching requests that pass first. Default 0. */
  skip?: number;
  /** Only requests whose decoded query or body contains this. */
  match?: string;
  /** `status`, `gateway` (502) and the Anodot form of `429-rate` (200). */
  status?: number;
  body?: string;
  contentType?: string;
  headers?: Record<string, string>;
  /** `status`, `html`, `empty`, `garbage`, `gateway`: the vendor stores the records all the same. Default false. */
  store?: boolean;
  /** `slow`: milliseconds. */
  ms?: number;
  /** `429-rate`: seconds until the window resets, or of `Retry-After`. */
  seconds?: number;
  /** `garbage`: broken-json (default), array, object, null, data-null, number. `gateway`: html (default), json. */
  variant?: string;
  /** `redirect`: where to. */
  location?: string;
  /** `partial-refusal`: positions in the request, or every nth sample. */
  indices?: number[];
  every?: number;
  /** `partial-refusal`: Anodot's code, default 2003; `whole`: the error has no index. */
  code?: number;
  description?: string;
  whole?: boolean;
};

export type FaultBoard = {
  add(fault: Fault): void;
  clear(): void;
  /** The first fault that applies to this request; counts it as applied. */
  next(vendor: Vendor, endpoint: Endpoint, text: string): Fault | undefined;
  waiting(): readonly Fault[];
};

type Entry = { readonly fault: Fault; skip: number; left: number };

export function createFaultBoard(): FaultBoard {
  let entries: Entry[] = [];
  return {
    add: (fault) => {
      vet(fault);
      entries.push({ fault, skip: fault.skip ?? 0, left: timesOf(fault) });
    },
    clear: () => {
      entries = [];
    },
    waiting: () => entries.map((entry) => entry.fault),
    next: (vendor, endpoint, text) => {
      const entry = entries.find((one) => applies(one, vendor, endpoint, text));
      if (entry === undefined) return undefined;
      entry.left--;
      if (entry.left <= 0) entries = entries.filter((one) => one !== entry);
      return entry.fault;
    },
  };
}

const FIELDS: readonly string[] = [
  ...['vendor', 'endpoint', 'kind', 'times', 'skip', 'match', 'status', 'body', 'contentType', 'headers', 'store'],
  ...['ms', 'seconds', 'variant', 'location', 'indices', 'every', 'code', 'description', 'whole'],
];

/** A word that nothing knows would be a fault that never comes. */
function vet(fault: Fault): void {
  const among = (what: string, given: unknown, known: readonly string[]): void => {
    if (!known.includes(String(given)))
      throw new Error(`unknown ${what}: ${String(given)}; there are ${known.join(', ')}`);
  };
  among('kind of fault', fault.kind, FAULT_KINDS);
  among('vendor', fault.vendor, VENDORS);
  among('endpoint', fault.endpoint ?? '*', ['*', ...ENDPOINTS]);
  for (const field of Object.keys(fault)) among('field', field, FIELDS);
}

function timesOf(fault: Fault): number {
  if (fault.times === undefined) return 1;
  return fault.times === null || fault.times === 0 ? Infinity : fault.times;
}

/** Counts down `skip` of a match that may still pass. */
function applies(entry: Entry, vendor: Vendor, endpoint: Endpoint, text: string): boolean {
  const { fault } = entry;
  if (fault.vendor !== vendor) return false;
  if ((fault.endpoint ?? '*') !== '*' && fault.endpoint !== endpoint) return false;
  if (fault.match !== undefined && !text.includes(fault.match)) return false;
  if (entry.skip === 0) return true;
  entry.skip--;
  return false;
}
