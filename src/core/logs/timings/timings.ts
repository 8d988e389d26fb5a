import type { Duration, TimingPart } from '../../model/events/timing.ts';
import { PERIOD_MS } from '../../model/window.ts';
import type { Pattern } from '../pattern.ts';

export interface Timings {
  readonly isWanted: boolean;
  /** `at` is asked only for a line that matches, epoch ms. False: it tells of none. */
  look(text: string, at: () => number): boolean;
  /** All since the last time, by name and window; and how many durations were too many to be kept. */
  take(): { readonly timings: readonly TimingPart[]; readonly left: number };
}

/** Names and windows together that are kept at most: a pattern that takes an id for a name does not eat the memory. */
const MOST_KEPT = 10_000;
/** Of a name, UTF-16 units. */
const MOST_NAME = 200;

interface Kept extends Omit<TimingPart, 'seen'> {
  count: number;
  sum: number;
  min: number;
  max: number;
  readonly seen: Map<number, number>;
}

/** Counts what lines tell of how long something took. `patterns`: their groups are `name`, and `ms` or `s`. */
export function createTimings(patterns: readonly Pattern[]): Timings {
  const tally = createTally();
  return {
    isWanted: patterns.length > 0,
    look(text, at) {
      const found = timingIn(patterns, text);
      if (found !== null) tally.add(found, at());
      return found !== null;
    },
    take: () => tally.take(),
  };
}

export interface Tally extends Pick<Timings, 'take'> {
  /** `at`: epoch ms. */
  add(duration: Duration, at: number): void;
}

/** Counts durations by name and window. */
export function createTally(): Tally {
  let kept = new Map<string, Kept>();
  let left = 0;
  return {
    add({ name, ms }, at) {
      const window = Math.floor(at / PERIOD_MS) * PERIOD_MS;
      const key = `${window} ${name}`;
      const entry: Kept = kept.get(key) ?? { name, window, count: 0, sum: 0, min: ms, max: ms, seen: new Map() };
      if (entry.count === 0 && kept.size >= MOST_KEPT) return void left++;
      if (entry.count === 0) kept.set(key, entry);
      const rounded = Number(ms.toPrecision(3));
      entry.count++;
      entry.sum += ms;
      entry.min = Math.min(entry.min, ms);
      entry.max = Math.max(entry.max, ms);
      entry.seen.set(rounded, (entry.seen.get(rounded) ?? 0) + 1);
    },
    take() {
      const taken = { timings: [...kept.values()].map(partOf), left };
      kept = new Map();
      left = 0;
      return taken;
    },
  };
}

/** What the first pattern that finds a duration in a line says. */
export function timingIn(patterns: readonly Pattern[], text: string): Duration | null {
  for (const pattern of patterns) {
    const groups = pattern.groups(text);
    const ms = groups === null ? null : durationIn(groups);
    if (ms !== null) return { name: (groups!['name'] ?? 'all').slice(0, MOST_NAME).toWellFormed(), ms };
  }
  return null;
}

/** Ms; null: there is none that can be. */
function durationIn({ ms, s }: Readonly<Record<string, string>>): number | null {
  const value = ms === undefined ? Number(s ?? NaN) * 1000 : Number(ms);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

function partOf({ seen, ...rest }: Kept): TimingPart {
  return { ...rest, seen: [...seen].sort(([a], [b]) => a - b) };
}
