import type { Filter } from '../../../core/model/filter.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { WindowCount } from '../../../core/ports/read-model.ts';
import { spanBefore } from './current.ts';
import { type FilterData, USUAL } from './model.ts';
import { type Bars, type FilterCounts, keyOfBars, slotsOf } from './counts/slots.ts';

/** What is shown. */
export interface Shown extends Bars {
  /** The window that was counted last. */
  readonly current: Window | null;
  /** The period before is wanted too. */
  readonly before: boolean;
}

/** What the numbers of a look are kept by, made once for all filters. */
export interface Keys {
  readonly bars: string;
  readonly before: string;
  readonly hour: string;
}

export function keysOf(shown: Shown): Keys {
  return { bars: keyOfBars(shown), before: keyOfBars(barsBefore(shown)), hour: `hour before ${shown.current?.start}` };
}

/** What follows from a filter's counts. */
export function filterData(
  filter: Filter,
  known: FilterCounts,
  shown: Shown,
  keys = keysOf(shown),
): Omit<FilterData, 'configured' | 'searchUrl' | 'fault' | 'report' | 'receipts' | 'firing'> {
  const { name, team, runbook, projects } = filter;
  const { current, before } = shown;
  // What a run went through in vain is not counted, whatever the source's series says.
  const first = known.first === null ? null : Math.min(known.first, current?.start ?? Infinity);
  const counts = { ...known, first };
  return {
    name,
    team: team ?? null,
    runbook: runbook ?? null,
    projects,
    windows: slotsOf(counts, shown, keys.bars),
    before: before ? slotsOf(counts, barsBefore(shown), keys.before) : [],
    ...(known.source === null
      ? known.windows.derived(keys.hour, () => hourOf(counts, current))
      : hourOf(counts, current)),
  };
}

function barsBefore({ span, step }: Bars): Bars {
  return { span: spanBefore(span), step, until: span.start };
}

/** Of the current window, and of the hour before it. */
function hourOf(counts: FilterCounts, current: Window | null): Pick<FilterData, 'now' | 'usual' | 'missed'> {
  return {
    now: current === null ? null : windowIn(counts, current.start),
    usual: usualOf(counts, current),
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
