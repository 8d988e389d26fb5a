import { PERIOD_MS, type Window } from '../model/window.ts';
import { lastRun, type NextRun, runsUntil } from './runs.ts';

/**
 * The slots that ended in (since, now], the oldest first: each from the instant before to its own, on the grid of
 * windows, so that they tile time. Several instants within one window are one.
 */
export function slotsIn(next: NextRun, since: number, now: number): readonly Window[] {
  const runs = [...runsUntil(next, since, now)];
  if (runs.length === 0) return [];
  const before = lastRun(next, runs[0]! - 1);
  const ends = [...new Set([before ?? since, ...runs].map(onGrid))];
  return ends.slice(1).flatMap((end, index) => (end > since ? [{ start: ends[index]!, end }] : []));
}

function onGrid(at: number): number {
  return Math.floor(at / PERIOD_MS) * PERIOD_MS;
}

/** So many slots that were missed are told one by one; of more, all but the newest are one. */
const ALONE = 3;

/** One slot, or several as one. */
export interface Together extends Window {
  /** End of the first of them, epoch ms: it was to be told then. */
  readonly dueAt: number;
}

/** What is told of slots that were missed: nothing is lost, and nobody gets hundreds of messages. */
export function together(slots: readonly Window[]): readonly Together[] {
  const alone = (slot: Window): Together => ({ ...slot, dueAt: slot.end });
  if (slots.length <= ALONE) return slots.map(alone);
  const [old, rest] = [slots.slice(0, 1 - ALONE), slots.slice(1 - ALONE)];
  return [{ start: old[0]!.start, end: old.at(-1)!.end, dueAt: old[0]!.end }, ...rest.map(alone)];
}
