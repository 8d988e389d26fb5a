import { reasonFor } from '../../../core/model/make-report.ts';
import { HOUR_MS, PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterData, PageData } from '../data/model.ts';

/** Its zeros say nothing. */
export function isSilent(report: FilterData['report']): boolean {
  return report?.complete === false && reasonFor(report.gaps) === 'source_silent';
}

/** Windows not counted, from the first one that was to the current one; what comes later is on its way. */
export function missingIn({ windows }: Pick<FilterData, 'windows'>, { span, current }: Spans): number {
  const due = current === null ? [] : windows.slice(0, (current.end - span.start) / PERIOD_MS);
  const first = due.findIndex((it) => it !== null);
  return first < 0 ? 0 : due.slice(first).filter((it) => it === null).length;
}

type Spans = Pick<PageData, 'span' | 'current'>;

/** In the hour before the current window, which is judged by itself. */
export function missedLately(filter: FilterData, { span, current }: Spans): boolean {
  if (current === null) return false;
  const hour = { start: Math.max(span.start, current.start - HOUR_MS), end: current.start };
  const windows = filter.windows.slice((hour.start - span.start) / PERIOD_MS, (hour.end - span.start) / PERIOD_MS);
  return missingIn({ windows }, { span: hour, current: hour }) > 0;
}
