import { type Endpoint, type Vendor, VENDORS } from '../types.ts';

/** What a vendor request was and what became of it. */
export type LoggedRequest = {
  readonly n: number;
  readonly vendor: Vendor;
  readonly endpoint: Endpoint;
  readonly method: string;
  readonly path: string;
  /** Decoded, in order; the Anodot token is masked. */
  readonly query: ReadonlyArray<readonly [string, string]>;
  /** Sandbox clock at arrival. */
  readonly at: number;
  /** Requests of this vendor in flight, this one included. */
  readonly inFlight: number;
  /** null while unanswered or when the connection was cut. */
  status: number | null;
  fault: string | null;
};

export type RequestLog = {
  all(): readonly LoggedRequest[];
  /** Adds the request and counts it in flight. */
  open(entry: Omit<LoggedRequest, 'inFlight' | 'status' | 'fault'>): LoggedRequest;
  close(entry: LoggedRequest): void;
  maxInFlight(): Readonly<Record<Vendor, number>>;
  clear(): void;
};

export function createRequestLog(): RequestLog {
  let entries: LoggedRequest[] = [];
  const current = noneInFlight();
  const highest = noneInFlight();
  return {
    all: () => entries,
    open: (facts) => {
      const inFlight = ++current[facts.vendor];
      highest[facts.vendor] = Math.max(highest[facts.vendor], inFlight);
      const entry: LoggedRequest = { ...facts, inFlight, status: null, fault: null };
      entries.push(entry);
      return entry;
    },
    close: (entry) => {
      current[entry.vendor]--;
    },
    maxInFlight: () => ({ ...highest }),
    clear: () => {
      entries = [];
      Object.assign(highest, current);
    },
  };
}

function noneInFlight(): Record<Vendor, number> {
  return Object.fromEntries(VENDORS.map((vendor) => [vendor, 0])) as Record<Vendor, number>;
}
