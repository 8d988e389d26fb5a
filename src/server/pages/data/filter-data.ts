import type { Filter } from '../../../core/model/filter.ts';
import { PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { WindowCount } from '../../../core/ports/read-model.ts';
import type { FilterData } from './model.ts';

/** Windows that the usual count is taken from, and how many of them must be known. */
const USUAL = { windows: 12, atLeast: 6 };

/** What follows from a filter's counts; `current`: the window that was counted last. */
export function filterData(
  filter: Filter,
  counts: readonly WindowCount[],
  { span, current }: { readonly span: Window; readonly current: Window | null },
): Omit<FilterData, 'configured' | 'searchUrl' | 'fault' | 'report' | 'receipts'> {
  const { name, team = null, runbook = null, projects } = filter;
  const byStart = new Map(counts.map((count) => [count.start, count]));
  const windows = Array.from(
    { length: (span.end - span.start) / PERIOD_MS },
    (_, index) => byStart.get(span.start + index * PERIOD_MS) ?? null,
  );
  const now = current === null ? null : (byStart.get(current.start) ?? null);
  return { name, team, runbook, projects, windows, before: [], now, usual: usualOf(byStart, current) };
}

/** The middle of the counts of the hour before the window; incomplete ones tell too little. */
function usualOf(counts: ReadonlyMap<number, WindowCount>, current: Window | null): number | null {
  if (current === null) return null;
  const hour = Array.from({ length: USUAL.windows }, (_, index) => counts.get(current.start - (index + 1) * PERIOD_MS));
  const known = hour.flatMap((count) => (count?.complete === true ? [count.events] : [])).sort((a, b) => a - b);
  if (known.length < USUAL.atLeast) return null;
  const half = known.length / 2;
  return (known[Math.floor(half)]! + known[Math.ceil(half) - 1]!) / 2;
}
