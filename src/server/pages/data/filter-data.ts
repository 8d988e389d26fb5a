import type { Filter } from '../../../core/model/filter.ts';
import { PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { WindowCount } from '../../../core/ports/read-model.ts';
import { spanBefore } from './current.ts';
import type { FilterData } from './model.ts';
import { type Bars, type FilterCounts, slotsOf } from './slots.ts';

/** Windows that the usual count is taken from, and how many of them must be known. */
const USUAL = { windows: 12, atLeast: 6 };

/** What is shown. */
export interface Shown extends Bars {
  /** The window that was counted last. */
  readonly current: Window | null;
  /** The period before is wanted too. */
  readonly before: boolean;
}

/** What follows from a filter's counts. */
export function filterData(
  filter: Filter,
  counts: FilterCounts,
  shown: Shown,
): Omit<FilterData, 'configured' | 'searchUrl' | 'fault' | 'report' | 'receipts'> {
  const { name, team, runbook, projects } = filter;
  const { span, current, before } = shown;
  return {
    name,
    team: team ?? null,
    runbook: runbook ?? null,
    projects,
    windows: slotsOf(counts, shown),
    before: before ? slotsOf(counts, { ...shown, span: spanBefore(span), until: span.start }) : [],
    now: current === null ? null : windowIn(counts, current.start),
    usual: usualOf(counts, current),
  };
}

function windowIn({ windows, source }: FilterCounts, start: number): WindowCount | null {
  const cell = windows.sum(start, start + PERIOD_MS) ?? sourceWindow(source, start);
  return cell === null
    ? null
    : { start, events: cell.events, complete: cell.complete === cell.counted, revision: cell.revision };
}

/** The source's series has single windows where the bars are windows. */
function sourceWindow(source: FilterCounts['source'], start: number): ReturnType<FilterCounts['windows']['sum']> {
  return source?.step === PERIOD_MS ? source.sum(start, start + PERIOD_MS) : null;
}

/** The middle of the counts of the hour before the window; incomplete ones tell too little. */
function usualOf(counts: FilterCounts, current: Window | null): number | null {
  if (current === null) return null;
  const hour = Array.from({ length: USUAL.windows }, (_, index) =>
    windowIn(counts, current.start - (index + 1) * PERIOD_MS),
  );
  const known = hour.flatMap((count) => (count?.complete === true ? [count.events] : [])).sort((a, b) => a - b);
  if (known.length < USUAL.atLeast) return null;
  const half = known.length / 2;
  return (known[Math.floor(half)]! + known[Math.ceil(half) - 1]!) / 2;
}
