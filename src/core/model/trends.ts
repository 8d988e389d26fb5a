import type { IssueState } from './report.ts';
import { PERIOD_MS, type Window } from './window.ts';

/** Events of an issue in an earlier stretch of time. */
export interface Past {
  readonly span: Window;
  readonly events: number;
}

/** What is known of an issue when its trend is judged. */
export interface Evidence {
  /** Events in the window. */
  readonly events: number;
  readonly window: Window;
  /** Epoch ms; null: not known, then it counts as old. */
  readonly firstSeen: number | null;
  /** The source says that the issue came back after it was resolved. */
  readonly regressed: boolean;
  /** The hour before; null: not read. */
  readonly hour: Past | null;
  /** The same time a day and a week ago, as far as they were read. */
  readonly earlier: readonly Past[];
}

/** How an issue compares with its own past. */
export interface Trend {
  readonly state: IssueState;
  /** Events a window that the past lets expect; null when nothing of the past was read, and so for the next two. */
  readonly expected: number | null;
  /** How surprising the count is, in standard deviations; negative: fewer than expected. */
  readonly score: number | null;
  /** How many times the expected count, both plus one. */
  readonly trend: number | null;
  readonly trending: boolean;
}

/** From here on a count is no accident: about one in 30,000 for a steady issue. */
const SURGE_SCORE = 4;
/** And only then is it worth somebody's attention. */
const SURGE_FACTOR = 2;
/** A single event of a new issue wakes nobody. */
const NEW_EVENTS = 2;

/**
 * Judges one issue's count against its past. Pure. The square roots make counts of any size comparable: of a Poisson
 * count, √(c + ⅜) has the same spread everywhere (Anscombe). When no part of the past could be read, nothing is
 * a surge.
 */
export function judgeTrend({ events, window, firstSeen, regressed, hour, earlier }: Evidence): Trend {
  const read = hour === null ? earlier : [hour, ...earlier];
  const expected = read.length === 0 ? null : expectedFrom(read, firstSeen);
  const score = expected === null ? null : scoreOf(events, expected);
  const isNew = firstSeen !== null && firstSeen >= window.start && firstSeen < window.end;
  const isSurging = expected !== null && isSurge(events, expected);
  const isRegressed = regressed && hour !== null && hour.events === 0;
  const trending = isSurging || isRegressed || (isNew && events >= NEW_EVENTS);
  return {
    state: stateOf(isNew, isRegressed, isSurging),
    expected,
    score,
    trend: expected === null ? null : (events + 1) / (expected + 1),
    trending,
  };
}

/** Whether a count is a surge where so many events were expected: of an issue in trends, of a filter on the page. */
export function isSurge(events: number, expected: number): boolean {
  return scoreOf(events, expected) >= SURGE_SCORE && events >= SURGE_FACTOR * expected;
}

/** As it is shown and sent: two decimals. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

function scoreOf(events: number, expected: number): number {
  return 2 * (Math.sqrt(events + 3 / 8) - Math.sqrt(expected + 3 / 8));
}

/** Events a window, from the spans in which the issue already existed. */
function expectedFrom(past: readonly Past[], firstSeen: number | null): number {
  const existed = past.filter(({ span }) => firstSeen === null || firstSeen < span.end);
  return middle(existed.map(({ span, events }) => events / ((span.end - span.start) / PERIOD_MS)));
}

function stateOf(isNew: boolean, isRegressed: boolean, isSurging: boolean): IssueState {
  if (isNew) return 'new';
  if (isRegressed) return 'regressed';
  return isSurging ? 'surging' : 'ongoing';
}

/** The median of three, the larger of two, the only one, or 0. */
function middle(rates: readonly number[]): number {
  const sorted = rates.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
