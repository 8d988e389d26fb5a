import type { Filter } from '../../../core/model/filter.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
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
    missed: missedOf(counts, current),
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
  const known = hourBefore(counts, current)
    .flatMap((count) => (count?.complete === true ? [count.events] : []))
    .sort((a, b) => a - b);
  if (known.length < USUAL.atLeast) return null;
  const half = known.length / 2;
  return (known[Math.floor(half)]! + known[Math.ceil(half) - 1]!) / 2;
}

/** The windows of that hour, the latest first. */
function hourBefore(counts: FilterCounts, { start }: Window): readonly (WindowCount | null)[] {
  return Array.from({ length: USUAL.windows }, (_, index) => windowIn(counts, start - (index + 1) * PERIOD_MS));
}

/** Half a day of windows is known: what was counted before that hour makes all of it due. */
function missedOf(counts: FilterCounts, current: Window | null): number {
  if (current === null) return 0;
  const hour = hourBefore(counts, current);
  const begin = current.start - USUAL.windows * PERIOD_MS;
  const isOld = counts.windows.sum(begin - DAY_MS, begin) !== null;
  const due = isOld ? hour : hour.slice(0, hour.findLastIndex((count) => count !== null) + 1);
  return due.filter((count) => count === null).length;
}
