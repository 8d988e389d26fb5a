import { HOUR_MS, PERIOD_MS, type Window, windowAt } from '../../../core/model/window.ts';
import type { RunView, WindowCount } from '../../../core/ports/read-model.ts';

/** A run that did not end within this died with its server, ms. */
export const RUN_MS = 600_000;
/** A cron's tick and the run itself may come so long after a window settled, ms. */
const GRACE_MS = 180_000;

/** Counts of windows in order, by filter. */
export type Counts = ReadonlyMap<string, readonly WindowCount[]>;

/** Which windows matter at an instant. */
export interface Due {
  /** The last that should have been counted by now. */
  readonly due: Window;
  /** So many hours up to it, and what settled since. */
  readonly span: Window;
}

export function dueAt(now: number, settleMs: number, hours: number): Due {
  const due = windowAt(now - GRACE_MS, settleMs);
  return { due, span: { start: due.end - hours * HOUR_MS, end: windowAt(now, settleMs).end } };
}

/** What settled just now is on its way: it is shown when it is counted or overdue. */
export function shownSpan({ due }: Due, current: Window | null, hours: number): Window {
  const end = Math.max(due.end, current?.end ?? 0);
  return { start: end - hours * HOUR_MS, end };
}

/** Windows between the current one and the one that is due. */
export function overdueOf({ due }: Due, current: Window | null): number {
  return current === null ? 0 : Math.max(0, (due.start - current.start) / PERIOD_MS);
}

/**
 * The newest window that was counted, or that a run went through, also in vain; not one that is being counted right
 * now. Null: none.
 */
export function currentOf(now: number, runs: readonly RunView[], counts: Counts): Window | null {
  const ended = runs.filter(({ endedAt }) => endedAt !== null).map(({ window }) => window.start);
  const begun = runs
    .filter(({ endedAt, startedAt }) => endedAt === null && now - startedAt < RUN_MS)
    .map(({ window }) => window.start);
  const counted = [...counts.values()].flatMap(
    (windows) => windows.findLast(({ start }) => !begun.includes(start) || ended.includes(start))?.start ?? [],
  );
  const start = [...ended, ...counted].reduce((latest, it) => Math.max(latest, it), -Infinity);
  return start === -Infinity ? null : { start, end: start + PERIOD_MS };
}
