import { randomFrom, seedOf } from '../random.ts';

const MINUTE_MS = 60_000;

/** A browser's error as it comes again and again. */
type Kind = {
  readonly issue: number;
  readonly type: string;
  readonly value: string;
  readonly module: string;
  /** Events in five minutes, about. */
  readonly rate: number;
};

const KINDS: readonly Kind[] = [
  { issue: 4_101, type: 'TypeError', value: 'tab is null', module: 'resource://app/tabs.jsm', rate: 9 },
  { issue: 4_102, type: 'NetworkError', value: 'sync timed out', module: 'resource://app/sync.jsm', rate: 5 },
  { issue: 4_103, type: 'QuotaError', value: 'storage is full', module: 'resource://app/storage.jsm', rate: 2 },
  { issue: 4_104, type: 'RangeError', value: 'invalid length', module: 'moz-extension://5f2c/collect.js', rate: 14 },
];
/** One that never happened before. */
const FRESH: Kind = {
  issue: 4_105,
  type: 'ReferenceError',
  value: 'paintWorklet is not defined',
  module: 'resource://app/paint.jsm',
  rate: 7,
};
const CALLER = 'resource://app/main.jsm';

/**
 * Bodies of messages as a queue of Sentry's events has them, for each five minutes from `start` to `end` (epoch ms):
 * some errors that come again and again, two of them thrice, and one that is no JSON. The same span gives
 * the same bodies. `surges`: in its last five minutes there are more of all, and one that is new.
 */
export function queuedErrors(start: number, end: number, surges: boolean): readonly string[] {
  const bodies: string[] = [];
  for (let at = start; at < end; at += 5 * MINUTE_MS) {
    const random = randomFrom(seedOf('queue', at));
    const isLast = surges && at + 5 * MINUTE_MS >= end;
    for (const it of isLast ? [...KINDS, FRESH] : KINDS) {
      const rate = isLast && it !== FRESH ? 4 * it.rate : it.rate;
      const count = Math.round(rate * (0.75 + random() / 2));
      for (let n = 0; n < count; n++) bodies.push(bodyOf(it, at + Math.floor(random() * 5 * MINUTE_MS), n));
    }
  }
  const [first = '', second = ''] = bodies;
  return [...bodies, first, second, first, second, '{"eventID": "cut off he'];
}

function bodyOf({ issue, type, value, module }: Kind, at: number, n: number): string {
  const instant = new Date(at).toISOString();
  const frames = [
    { module: CALLER, function: 'start', lineNo: 8, colNo: 3 },
    { module: CALLER, function: null, lineNo: null, colNo: null },
    { module, function: type.toLowerCase().replace('error', 'Step'), lineNo: 20 + (issue % 7), colNo: 11 },
  ];
  const tags = {
    level: 'error',
    environment: 'nightly',
    release: '141.0a1',
    'os.name': n % 3 === 0 ? 'Linux' : 'Windows',
  };
  return JSON.stringify({
    eventID: `${seedOf(issue, at, n).toString(16)}${at.toString(16)}${issue}`.padStart(32, '0'),
    groupID: String(issue),
    message: `${type}: ${value}`,
    dateCreated: instant,
    dateReceived: instant,
    user: { id: String(n % 40) },
    tags: Object.entries(tags).map(([key, text]) => ({ key, value: text })),
    entries: [{ type: 'exception', data: { values: [{ type, value, module, stacktrace: { frames } }] } }],
  });
}
