import { PERIOD_MS } from '../../model/window.ts';
import type { Pattern } from '../pattern.ts';

/** Which lines tell how long something took. */
export interface TimingRules {
  readonly patterns: readonly TimingPattern[];
}

export interface TimingPattern {
  /** Its groups: `name`, and `ms` or `s`; others are not looked at. */
  readonly pattern: Pattern;
  /** Programs whose lines are looked at; null: all. */
  readonly program: Pattern | null;
}

/** How long something took, in one window. */
export interface Timing {
  readonly name: string;
  /** Start of the window, epoch ms. */
  readonly window: number;
  readonly count: number;
  /** Ms, by nearest rank, on three digits. */
  readonly p50: number;
  readonly p95: number;
  /** Ms, as it was written. */
  readonly max: number;
}

export interface Timings {
  readonly isWanted: boolean;
  /** `at` is asked only for a line that matches, epoch ms. */
  look(text: string, program: string, at: () => number): void;
  /** All since the last time, by name and window; and how many durations were too many to be kept. */
  take(): { readonly timings: readonly Timing[]; readonly left: number };
}

/** Names and windows together that are kept at most: a pattern that takes an id for a name does not eat the memory. */
const MOST_KEPT = 10_000;

interface Kept {
  readonly name: string;
  readonly window: number;
  count: number;
  max: number;
  /** How often each duration was seen, on three digits. */
  readonly seen: Map<number, number>;
}

export function createTimings({ patterns }: TimingRules): Timings {
  let kept = new Map<string, Kept>();
  let left = 0;
  const add = (name: string, ms: number, at: number): void => {
    const window = Math.floor(at / PERIOD_MS) * PERIOD_MS;
    const key = `${window} ${name}`;
    let entry = kept.get(key);
    if (entry === undefined) {
      if (kept.size >= MOST_KEPT) {
        left++;
        return;
      }
      kept.set(key, (entry = { name, window, count: 0, max: 0, seen: new Map() }));
    }
    const rounded = Number(ms.toPrecision(3));
    entry.count++;
    entry.max = Math.max(entry.max, ms);
    entry.seen.set(rounded, (entry.seen.get(rounded) ?? 0) + 1);
  };
  return {
    isWanted: patterns.length > 0,
    look(text, program, at) {
      for (const { pattern, program: of } of patterns) {
        if (of !== null && !of.test(program)) continue;
        const groups = pattern.groups(text);
        const ms = groups === null ? null : durationIn(groups);
        if (ms !== null) return add(groups!['name'] ?? 'all', ms, at());
      }
    },
    take() {
      const taken = { timings: [...kept.values()].map(timingOf), left };
      kept = new Map();
      left = 0;
      return taken;
    },
  };
}

/** Ms; null: there is none that can be. */
function durationIn({ ms, s }: Readonly<Record<string, string>>): number | null {
  const value = ms === undefined ? Number(s ?? NaN) * 1000 : Number(ms);
  return Number.isFinite(value) && value >= 0 ? value : null;
}

function timingOf({ name, window, count, max, seen }: Kept): Timing {
  const sorted = [...seen].toSorted(([a], [b]) => a - b);
  const rank = (share: number): number => {
    let rest = Math.ceil(share * count);
    for (const [ms, times] of sorted) if ((rest -= times) <= 0) return ms;
    return max;
  };
  return { name, window, count, p50: rank(0.5), p95: rank(0.95), max };
}
