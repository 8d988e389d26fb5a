import { HOUR_MS, PERIOD_MS, type Window, windowAt } from '../../../core/model/window.ts';
import type { RunView } from '../../../core/ports/read-model.ts';
import type { Range } from '../view/view.ts';
import type { Grids } from './counts/grid.ts';

/** A run that did not end within this died with its server, ms. */
export const RUN_MS = 600_000;
/** A cron's tick and the run itself may come so long after a window settled, ms. */
const GRACE_MS = 180_000;
/** Windows are read of so long before the last one at least, ms: it may be a while since one was counted. */
const LEAST_MS = 13 * HOUR_MS;
/** The usual count is of the hour before a window. */
const USUAL_MS = HOUR_MS;

/** What is looked at. */
export interface Look {
  readonly range: Range;
  /** The instant up to which, epoch ms; null: now. */
  readonly at: number | null;
  /** The period before is wanted too. */
  readonly before: boolean;
  /** Releases are to be marked. */
  readonly deploys?: boolean;
  /** Trending: no other issues are looked at. Absent: all may be. */
  readonly issues?: 'all' | 'trending';
}

/** Which windows matter at an instant. */
export interface Due {
  /** The instant as which all is judged: when the last window had been counted, if anything was. Epoch ms. */
  readonly asOf: number;
  /** The last that should have been counted by then. */
  readonly due: Window;
  /** Those of which single windows are wanted, and what settled since. */
  readonly windows: Window;
  /** Whole steps of which bars are wanted. */
  readonly bars: Window;
}

export function dueAt(now: number, settleMs: number, { range, at, before }: Look): Due {
  const asOf = at === null ? now : Math.min(now, at + settleMs + GRACE_MS);
  const due = windowAt(asOf - GRACE_MS, settleMs);
  const { end } = windowAt(asOf, settleMs);
  const { step } = range;
  const reach = range.ms * (before ? 2 : 1);
  const windows = { start: due.end - Math.max(LEAST_MS, step > PERIOD_MS ? 0 : reach + USUAL_MS), end };
  const bars = { start: Math.floor((due.end - reach) / step) * step, end: Math.ceil(end / step) * step };
  return { asOf, due, windows, bars: step > PERIOD_MS ? bars : windows };
}

/**
 * Whole steps. What settled just now is on its way: it is shown when it is counted or overdue. `until`: the end of what
 * is shown of the last step.
 */
export function shownSpan(
  { due }: Due,
  current: Window | null,
  { range: { ms, step } }: Look,
): { readonly span: Window; readonly until: number } {
  const until = Math.max(due.end, current?.end ?? 0);
  const end = Math.ceil(until / step) * step;
  return { span: { start: end - ms, end }, until };
}

/** The span before, as long. */
export function spanBefore({ start, end }: Window): Window {
  return { start: start - (end - start), end: start };
}

/** Windows between the current one and the one that is due. */
export function overdueOf({ due }: Due, current: Window | null): number {
  return current === null ? 0 : Math.max(0, (due.start - current.start) / PERIOD_MS);
}

/**
 * The newest window that was counted, or that a run went through, also in vain; not one that is being counted right
 * now. Null: none.
 */
export function currentOf({ asOf, windows: { end } }: Due, runs: readonly RunView[], own: Grids): Window | null {
  const ended = runs.filter(({ endedAt }) => endedAt !== null).map(({ window }) => window.start);
  const begun = runs
    .filter(({ endedAt, startedAt }) => endedAt === null && asOf - startedAt < RUN_MS)
    .map(({ window }) => window.start);
  const isThere = (start: number): boolean => !begun.includes(start) || ended.includes(start);
  const counted = [...own.values()].flatMap((grid) => grid.findLast(end, isThere) ?? []);
  const start = [...ended.filter((it) => it < end), ...counted].reduce((latest, it) => Math.max(latest, it), -Infinity);
  return start === -Infinity ? null : { start, end: start + PERIOD_MS };
}
