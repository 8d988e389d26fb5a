import { HOUR_MS, PERIOD_MS, type Window } from '../model/window.ts';
import type { CountedSum } from '../ports/alerting/digest-store.ts';
import type { NextRun } from '../schedules/runs.ts';
import { slotsIn, type Together, together } from '../schedules/slots.ts';

/** A slot waits so long at most for its windows, ms: after its end, or after somebody is there again. */
export const PATIENCE_MS = HOUR_MS;
/** From so long after its time on a digest is late, ms: a run may be five minutes after the latest time. */
const LATE_MS = PATIENCE_MS + 2 * PERIOD_MS;

export interface Times {
  readonly now: number;
  /** Since when somebody looks without a break. */
  readonly upSince: number;
  /** How far back windows are still made up for, ms. */
  readonly reachMs: number;
  /** How far back windows are known at all, ms. */
  readonly memoryMs: number;
}

/** The slots that were not told yet, and as what they are told. */
export function dueSlots(next: NextRun, toldTo: number, { now, memoryMs }: Times): readonly Together[] {
  return together(slotsIn(next, Math.max(toldTo, now - memoryMs), now));
}

export function isLate({ dueAt }: Together, now: number): boolean {
  return now > dueAt + LATE_MS;
}

/** Nobody waits for its windows any longer. */
export function isOverdue({ end }: Window, { now, upSince }: Pick<Times, 'now' | 'upSince'>): boolean {
  return now >= Math.max(end, upSince) + PATIENCE_MS;
}

/**
 * What has to be counted in every filter before the slot is told: its last window; after a time in which nobody was
 * there, all that is still made up for. Null: nothing of it is to come.
 */
export function awaited({ start, end }: Window, { now, upSince, reachMs }: Times): Window | null {
  if (end > upSince) return { start: end - PERIOD_MS, end };
  const from = Math.max(start, Math.ceil((now - reachMs) / PERIOD_MS) * PERIOD_MS);
  return from < end ? { start: from, end } : null;
}

/** Whether every window of the span was counted in each of these filters. */
export function isCounted(filters: readonly string[], { start, end }: Window, sums: ReadonlyMap<string, CountedSum>) {
  const all = (end - start) / PERIOD_MS;
  return filters.every((filter) => sums.get(filter)?.windows === all);
}
