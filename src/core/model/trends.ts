import type { FirstSeenBy, IssueReturn } from './reading.ts';
import type { IssueState } from './report.ts';
import { PERIOD_MS, type Window } from './window.ts';

/** Events of an issue in an earlier stretch of time. */
export interface Past {
  readonly span: Window;
  readonly events: number;
}

/** What tells whether an issue with events in a window began or came back in it. */
export interface Origin {
  readonly window: Window;
  /** Epoch ms; null: not known, then it counts as old. */
  readonly firstSeen: number | null;
  readonly firstSeenBy: FirstSeenBy;
  /** The source calls the issue regressed, which it does for days. */
  readonly regressed: boolean;
  /** When the issue came back; null: not known. */
  readonly returns: readonly IssueReturn[] | null;
  /** The hour before; null: not read. */
  readonly hour: Past | null;
  /** The same time a day and a week ago, as far as they were read. */
  readonly earlier: readonly Past[];
}

/** What is known of an issue when its trend is judged. */
export interface Evidence extends Origin {
  /** Events in the window. */
  readonly events: number;
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
export const SURGE_SCORE = 4;
/** And only then is it worth somebody's attention. */
const SURGE_FACTOR = 2;
/** A single event of a new issue wakes nobody. */
const NEW_EVENTS = 2;

/** Between an event and what is noted of its coming in, ms. */
const ARRIVAL_MS = 120_000;

/**
 * Judges one issue's count against its past. Pure. The square roots make counts of any size comparable: of a Poisson
 * count, √(c + ⅜) has the same spread everywhere (Anscombe). When no part of the past could be read, nothing is
 * a surge.
 */
export function judgeTrend(evidence: Evidence): Trend {
  const { events, firstSeen, hour, earlier } = evidence;
  const read = hour === null ? earlier : [hour, ...earlier];
  const expected = read.length === 0 ? null : expectedFrom(read, firstSeen);
  const score = expected === null ? null : scoreOf(events, expected);
  const isSurging = expected !== null && isSurge(events, expected);
  const state = stateOf(evidence, isSurging);
  const trending = isSurging || state === 'regressed' || (state === 'new' && events >= NEW_EVENTS);
  return { state, expected, score, trend: expected === null ? null : (events + 1) / (expected + 1), trending };
}

/** Whether a count is a surge where so many events were expected: of an issue in trends, of a filter on the page. */
export function isSurge(events: number, expected: number): boolean {
  return scoreOf(events, expected) >= SURGE_SCORE && events >= SURGE_FACTOR * expected;
}

/**
 * Whether the issue's first event lies in the window. By the event's own time this is exact. By arrival no event came
 * in before the window began; whether one that came in later is older, only the past can tell.
 */
export function isNew({ window, firstSeen, firstSeenBy, hour, earlier }: Origin): boolean {
  if (firstSeen === null || firstSeen < window.start) return false;
  if (firstSeenBy === 'event') return firstSeen < window.end;
  return [...earlier, ...(hour === null ? [] : [hour])].every(({ events }) => events === 0);
}

/**
 * Whether the issue came back in this window. Where the source does not say when, it is inferred: regressed, and an
 * empty hour before.
 */
export function isReturned(origin: Origin): boolean {
  const { regressed, returns, hour } = origin;
  if (!regressed) return false;
  return returns === null ? hour?.events === 0 : returns.some((it) => isReturn(it, origin));
}

/**
 * A return is noted when its event comes in, a little after the event's own time. One that was noted soon after the
 * window's end is the window's if the issue was resolved before: then the window's events brought it back. One that was
 * noted soon after its start is not if the hour before has such events.
 */
function isReturn({ at, resolvedAt }: IssueReturn, { window: { start, end }, hour }: Origin): boolean {
  if (at < start || at >= end + ARRIVAL_MS) return false;
  if (at >= end) return resolvedAt !== null && resolvedAt < start;
  if (at >= start + ARRIVAL_MS || resolvedAt === null || hour === null) return true;
  return resolvedAt > hour.span.start || hour.events === 0;
}

/** As it is shown and sent: two decimals. */
export function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value * 100) / 100;
}

export function scoreOf(events: number, expected: number): number {
  return 2 * (Math.sqrt(events + 3 / 8) - Math.sqrt(expected + 3 / 8));
}

/** Events a window, from the spans in which the issue already existed, as far as is known. */
export function expectedFrom(past: readonly Past[], firstSeen: number | null): number {
  const existed = past.filter(({ span, events }) => events > 0 || firstSeen === null || firstSeen < span.end);
  return middle(existed.map(({ span, events }) => events / ((span.end - span.start) / PERIOD_MS)));
}

function stateOf(evidence: Evidence, isSurging: boolean): IssueState {
  if (isNew(evidence)) return 'new';
  if (isReturned(evidence)) return 'regressed';
  return isSurging ? 'surging' : 'ongoing';
}

/** The median of three, the larger of two, the only one, or 0. */
function middle(rates: readonly number[]): number {
  const sorted = rates.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
