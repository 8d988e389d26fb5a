import { reasonFor } from '../../../core/model/make-report.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterData, PageData } from '../data/model.ts';

/** Its zeros say nothing. */
export function isSilent(report: FilterData['report']): boolean {
  return report?.complete === false && reasonFor(report.gaps) === 'source_silent';
}

/** Windows not counted, after the first bar that was, to the current window; what comes later is on its way. */
export function missingIn(
  { windows }: Pick<FilterData, 'windows'>,
  { span, step, current }: Pick<PageData, 'span' | 'step' | 'current'>,
): number {
  const due = current === null ? [] : windows.slice(0, Math.ceil((current.end - span.start) / step));
  const first = due.findIndex((slot) => slot !== null && slot.from === undefined);
  if (first < 0) return 0;
  return due.slice(first + 1).reduce((sum, slot) => sum + missingOf(slot, step), 0);
}

/** Bars whose windows were counted, but not whole. One that lacks windows is told by how many it lacks. */
export function incompleteIn({ windows }: Pick<FilterData, 'windows'>): number {
  const known = windows.flatMap((slot) => (slot === null || slot.from !== undefined ? [] : slot));
  return known.filter(({ complete, counted = 1, due = 1 }) => !complete && counted >= due).length;
}

/** What the source's own series tells was not counted here, and is not missing either. */
function missingOf(slot: FilterData['windows'][number], step: number): number {
  if (slot === null) return step / PERIOD_MS;
  if (slot.from === 'source') return 0;
  return Math.max(0, (slot.due ?? 1) - (slot.counted ?? 1));
}
