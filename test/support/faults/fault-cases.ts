import { LIMITS } from './limit-cases.ts';
import { ALL, type FaultCase, INGEST, type Target } from './types.ts';

const NO_JSON = ['with something that is not JSON', 'with something it does not document'];
const STRANGE = [
  'answered a bare list',
  'answered no `data` list',
  'the list of projects is not what Sentry documents',
  'the list of projects is empty',
  'the issues are no list',
  'the events of a project are no list',
  'with something it does not document',
];
const BROKE = ['the connection broke'];
const LATE = ['no answer within', 'no answer before'];
/** What pages of events say of a project that is not there. */
const GONE = 'the project was renamed or deleted';
const FOR_LONG = 'Property value too long';

/** Where they mean more than they say. */
const MEANING: Readonly<Record<number, readonly string[]>> = {
  403: ['the token may not read'],
  404: ['answered 404: no organization acme', 'answered 404: no events table for acme', GONE],
  413: ['too large for the service, even alone'],
};

function status(code: number): FaultCase {
  return {
    id: String(code),
    label: String(code),
    of: ALL,
    says: [`answered ${code}: not now`, ...(MEANING[code] ?? [])],
    fault: { kind: 'status', status: code, body: '{"detail":"not now"}' },
  };
}

function stored(code: number): FaultCase {
  return {
    id: `${code} stored`,
    label: `${code}, but stored`,
    of: INGEST,
    says: [`answered ${code}`],
    fault: { kind: 'status', status: code, store: true },
  };
}

function garbage(variant: string, what: string, says: readonly string[] = STRANGE): FaultCase {
  return { id: variant, label: `200 with ${what}`, of: ALL, says, fault: { kind: 'garbage', variant } };
}

function refusal(
  id: string,
  label: string,
  code: number,
  fields: Omit<FaultCase['fault'], 'kind' | 'code'>,
): FaultCase {
  return { id, label, of: ['anodot'], says: [`anodot: ${code}`], fault: { kind: 'partial-refusal', code, ...fields } };
}

const BROKEN: readonly FaultCase[] = [
  {
    id: 'gateway',
    label: '502 page of a gateway',
    of: ALL,
    says: ['answered 502: a web page'],
    fault: { kind: 'gateway' },
  },
  {
    id: 'gateway json',
    label: '502 JSON of a gateway',
    of: ALL,
    says: ['answered 502: Downstream service temporarily unavailable'],
    fault: { kind: 'gateway', variant: 'json' },
  },
  {
    id: 'timeout',
    label: '400 "Query timeout"',
    of: ['sentry'],
    says: ['answered 400: Query timeout'],
    fault: { kind: 'query-timeout' },
  },
  {
    id: 'redirect',
    label: 'redirect',
    of: ALL,
    says: ['answered 302, a redirect, which is not followed', GONE],
    fault: { kind: 'redirect' },
  },
  { id: 'html', label: '200 with a web page', of: ALL, says: NO_JSON, fault: { kind: 'html' } },
  { id: 'empty', label: '200 with nothing', of: ALL, says: NO_JSON, fault: { kind: 'empty' } },
  garbage('broken-json', 'broken JSON', NO_JSON),
  garbage('array', '`[]`'),
  garbage('object', 'a strange object'),
  garbage('null', '`null`'),
  garbage('data-null', '`"data": null`'),
  garbage('number', 'a number'),
  { id: 'cut', label: 'connection cut', of: ALL, says: BROKE, fault: { kind: 'cut' } },
  { id: 'cut body', label: 'half an answer', of: ['sentry'], says: BROKE, fault: { kind: 'cut-body' } },
  { id: 'cut body', label: 'stored, half an answer', of: INGEST, says: BROKE, fault: { kind: 'cut-body' } },
  { id: 'lost', label: 'answer lost', of: ['sentry'], says: BROKE, fault: { kind: 'stored-no-answer' } },
  { id: 'lost', label: 'stored, answer lost', of: INGEST, says: BROKE, fault: { kind: 'stored-no-answer' } },
  { id: 'slow', label: 'slow (5 s)', of: ALL, says: [], fault: { kind: 'slow', ms: 5000 } },
  { id: 'too slow', label: 'too slow (45 s)', of: ['sentry'], says: LATE, fault: { kind: 'slow', ms: 45_000 } },
  { id: 'too slow', label: 'stored, but too slow (45 s)', of: INGEST, says: LATE, fault: { kind: 'slow', ms: 45_000 } },
  { id: 'hang', label: 'hangs', of: ALL, says: LATE, fault: { kind: 'hang' } },
];

/** Records are kept although the answer is no yes. */
const STORED: readonly FaultCase[] = [
  ...[500, 502, 503, 504].map(stored),
  {
    id: 'gateway stored',
    label: '502 page of a gateway, but stored',
    of: INGEST,
    says: ['answered 502: a web page'],
    fault: { kind: 'gateway', store: true },
  },
  {
    id: 'html stored',
    label: '200 with a web page, but stored',
    of: INGEST,
    says: NO_JSON,
    fault: { kind: 'html', store: true },
  },
  {
    id: 'empty stored',
    label: '200 with nothing, but stored',
    of: INGEST,
    says: NO_JSON,
    fault: { kind: 'empty', store: true },
  },
  {
    id: 'broken-json stored',
    label: '200 with broken JSON, but stored',
    of: INGEST,
    says: NO_JSON,
    fault: { kind: 'garbage', store: true },
  },
];

const REFUSALS: readonly FaultCase[] = [
  refusal('one', 'one sample refused (2009)', 2009, { indices: [1], description: FOR_LONG }),
  refusal('half', 'every 2nd sample refused (2009)', 2009, { every: 2, description: FOR_LONG }),
  refusal('one later', 'one sample refused for the moment (2003)', 2003, { indices: [1] }),
  refusal('half later', 'every 2nd sample refused for the moment (2003)', 2003, { every: 2 }),
  refusal('all', 'all refused, without positions (2001, token not active)', 2001, {
    every: 1,
    whole: true,
    description: 'Token is not active',
  }),
  refusal('all later', 'all refused for the moment, without positions (2003)', 2003, { every: 1, whole: true }),
  refusal('half unnamed', 'every 2nd sample refused, without positions (2009)', 2009, {
    every: 2,
    whole: true,
    description: FOR_LONG,
  }),
  refusal('half unnamed later', 'every 2nd sample refused for the moment, without positions (2003)', 2003, {
    every: 2,
    whole: true,
  }),
];

/** Every kind of fault of the sandbox, in the variants that make a difference. */
export const FAULTS: readonly FaultCase[] = [
  ...[400, 401, 403, 404].map(status),
  {
    id: '404 bare',
    label: '404 without words',
    of: ['sentry'],
    says: ['answered 404', GONE],
    fault: { kind: 'status', status: 404 },
  },
  ...[408, 413, 425, 500, 502, 503, 504].map(status),
  ...LIMITS,
  ...BROKEN,
  ...STORED,
  ...REFUSALS,
];

/** The faults that a request can meet. */
export function faultsOf({ answerer, except = '' }: Target): readonly FaultCase[] {
  return FAULTS.filter(({ of, id }) => of.includes(answerer) && !except.split(', ').includes(id));
}
