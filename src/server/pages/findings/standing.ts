import { RUN_MS } from '../data/current.ts';
import type { FilterData, PageData } from '../data/model.ts';
import { severityHealth } from '../alerts/words.ts';
import { isSilent } from './coverage.ts';
import { type Health, worstOf } from './health.ts';
import { healthOfReceipt } from './receipts.ts';

/** What a filter's standing depends on, beside itself. */
export type Around = Pick<PageData, 'current' | 'runs' | 'now' | 'dryRun'>;

/** How one filter stands in the window that was counted last. */
export function standingOf(filter: FilterData, data: Around): Health {
  const { firing } = filter;
  const own = countedStanding(filter, data);
  const alerted = firing === null ? own : severityHealth(firing);
  return GRAVITY[alerted] < GRAVITY[own] ? alerted : own;
}

/** By its counts and deliveries alone. */
function countedStanding(filter: FilterData, data: Around): Health {
  const { report, fault, receipts } = filter;
  if (data.current === null) return 'idle';
  if (report === null) return fault === '' && isBeingCounted(data) ? 'idle' : 'bad';
  if (fault !== '' || isSilent(report)) return 'bad';
  const delivery = data.dryRun ? 'idle' : worstOf(receipts.map(healthOfReceipt));
  if (delivery === 'bad') return 'bad';
  if (delivery === 'warn' || !report.complete || filter.missed > 0) return 'warn';
  return report.issues.some(({ trending }) => trending) ? 'trend' : 'good';
}

/** Whether a run is at the window that was counted last. */
export function isBeingCounted({ runs, current, now }: Pick<PageData, 'runs' | 'current' | 'now'>): boolean {
  return runs.some(
    ({ endedAt, startedAt, window }) => endedAt === null && now - startedAt < RUN_MS && window.start === current?.start,
  );
}

/** The gravest first. */
export const GRAVITY: Readonly<Record<Health, number>> = { bad: 0, warn: 1, trend: 2, idle: 3, good: 4 };
