import type { Filter } from '../../../core/model/filter.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { WindowCount } from '../../../core/ports/read-model.ts';
import { spanBefore } from './current.ts';
import { type FilterData, USUAL } from './model.ts';
import { type Bars, type FilterCounts, slotsOf } from './counts/slots.ts';

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
  known: FilterCounts,
  shown: Shown,
): Omit<FilterData, 'configured' | 'searchUrl' | 'fault' | 'report' | 'receipts'> {
  const { name, team, runbook, projects } = filter;
  const { span, current, before } = shown;
  // What a run went through in vain is not counted, whatever the source's series says.
  const first = known.first === null ? null : Math.min(known.first, current?.start ?? Infinity);
  const counts = { ...known, first };
  return {
    name,
    team: team ?? null,
    runbook: runbook ?? null,
    projects,
    windows: slotsOf(counts, shown),
    before: before ? slotsOf(counts, { ...shown, span: spanBefore(span), until: span.start }) : [],
    now: current === null ? null : windowIn(counts, current.start),
    usual:
      known.source === null
        ? known.windows.derived(`usual ${current?.start}`, () => usualOf(counts, current))
        : usualOf(counts, current),
    missed: missedOf(counts, current),
  };
}

/** The source's series has single windows where the bars are windows. */
function windowIn({ windows, source, first }: FilterCounts, start: number): WindowCount | null {
  const end = start + PERIOD_MS;
  const isTold = source?.step === PERIOD_MS && (first === null || end <= first);
  const cell = windows.sum(start, end) ?? (isTold ? source.sum(start, end) : null);
  return cell === null
    ? null
    : { start, events: cell.events, complete: cell.complete === cell.counted, revision: cell.revision };
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
  return Array.from({ length: USUAL.slots }, (_, index) => windowIn(counts, start - (index + 1) * PERIOD_MS));
}

/** Half a day of windows is known: what was counted before that hour makes all of it due. */
function missedOf(counts: FilterCounts, current: Window | null): number {
  if (current === null) return 0;
  const hour = hourBefore(counts, current);
  const begin = current.start - USUAL.slots * PERIOD_MS;
  const isOld = counts.windows.sum(begin - DAY_MS, begin) !== null;
  const due = isOld ? hour : hour.slice(0, hour.findLastIndex((count) => count !== null) + 1);
  return due.filter((count) => count === null).length;
}
