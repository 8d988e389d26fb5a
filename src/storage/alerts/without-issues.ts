import type { WindowTotal } from '../../core/ports/alerting/alert-store.ts';

/**
 * The totals of a window whose issues are not kept by itself: not yet, not any more, or never. NOTE: a report is kept
 * before it is decided. Its issues are no zeros until then, else what another server decides meanwhile is wrong for
 * good. Where there was no event, there was no issue either.
 */
export function withoutIssues<T extends Pick<WindowTotal, 'events' | 'lacks'>>(total: T): T {
  const { events, lacks } = total;
  if (lacks.includes('issues') || (events === 0 && !lacks.includes('totals'))) return total;
  return { ...total, lacks: [...lacks, 'issues'] };
}
