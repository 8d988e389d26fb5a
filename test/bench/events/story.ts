import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import { dice } from '../../support/e2e/story.ts';

/** 2026-11-20T10:00Z. */
export const FIRST = 1_795_168_800_000;

export interface EventPlan {
  /** How many events, and over how long, ms, from `FIRST` on. */
  readonly events: number;
  readonly spanMs: number;
  /** Some have many events, most have few. */
  readonly issues: number;
}

/** Bodies as a queue hands them out, in the order of time, one at a time: a million of them need no room. */
export function* bodies({ events, spanMs, issues }: EventPlan): Generator<string> {
  const random = dice(7);
  for (let n = 0; n < events; n++) {
    const issue = Math.floor(issues * random() ** 3);
    yield JSON.stringify(eventOf(n, issue, FIRST + Math.floor((n / events) * spanMs)));
  }
}

function eventOf(n: number, issue: number, at: number): ErrorEvent {
  const browser = n % 3 === 0 ? 'Firefox 131.0' : 'Chrome 130.0.0';
  return {
    id: (0x1000_0000_0000 + n * 7919).toString(16).padStart(32, '9'),
    issueId: String(6_507_376_925 + issue),
    at,
    title: `TypeError: cannot read properties of undefined (reading 'total-${issue}')`,
    culprit: `resource://modules/Checkout${issue % 40}.sys.mjs in applyDiscount`,
    text: 'TypeError cannot read properties of undefined while the cart of a customer was being added up',
    level: n % 9 === 0 ? 'fatal' : 'error',
    environment: n % 10 === 0 ? 'staging' : 'production',
    release: `checkout@2.${issue % 5}.0`,
    user: n % 2 === 0 ? null : `id:${n % 4_001}`,
    tags: { browser, os: 'Windows 11', 'os.name': 'Windows', url: `https://shop.example.com/cart/${n % 50}` },
    url: null,
    sample: {
      text: null,
      frames: Array.from({ length: 8 }, (_, depth) => ({
        module: `resource://modules/Frame${depth}.sys.mjs`,
        function: `step${depth}`,
        line: 100 + depth,
        column: 7,
      })),
      context: [],
    },
  };
}

/** Lists of so many, the last one perhaps shorter. */
export function* batchesOf<T>(all: Iterable<T>, size: number): Generator<T[]> {
  let batch: T[] = [];
  for (const it of all) {
    batch.push(it);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
