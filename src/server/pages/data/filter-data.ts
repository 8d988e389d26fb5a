import type { Filter } from '../../../core/model/filter.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { WindowCount } from '../../../core/ports/read-model.ts';
import { spanBefore } from './current.ts';
import { type FilterData, USUAL } from './model.ts';
import { type Bars, type FilterCounts, keyOfBars, slotsOf, windowsOf } from './counts/slots.ts';

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
  if (current === null) return { now: null, usual: null, missed: 0 };
  const { start, end } = current;
  const hour = windowsIn(counts, start - USUAL.slots * PERIOD_MS, start);
  return { now: windowsIn(counts, start, end)[0]!, usual: usualOf(hour), missed: missedOf(counts, start, hour) };
}

/** The source's series has single windows where the bars are windows. */
function windowsIn(counts: FilterCounts, from: number, to: number): readonly (WindowCount | null)[] {
  const { source, first } = counts;
  const own = windowsOf(counts, from, to);
  if (source?.step !== PERIOD_MS) return own;
  return own.map((count, index) => {
    const start = from + index * PERIOD_MS;
    const isTold = first === null || start + PERIOD_MS <= first;
    const cell = count === null && isTold ? source.sum(start, start + PERIOD_MS) : null;
    if (cell === null) return count;
    return { start, events: cell.events, complete: cell.complete === cell.counted, revision: cell.revision };
  });
}

/** The middle of the counts of the hour before the window; incomplete ones tell too little. */
function usualOf(hour: readonly (WindowCount | null)[]): number | null {
  const known: number[] = [];
  for (const count of hour) if (count?.complete === true) known.push(count.events);
  if (known.length < USUAL.atLeast) return null;
  known.sort((a, b) => a - b);
  const half = known.length / 2;
  return (known[Math.floor(half)]! + known[Math.ceil(half) - 1]!) / 2;
}

/** Half a day of windows is known: what was counted before that hour makes all of it due. */
function missedOf({ windows }: FilterCounts, start: number, hour: readonly (WindowCount | null)[]): number {
  const missing = hour.filter((count) => count === null).length;
  if (missing === 0) return 0;
  const begin = start - USUAL.slots * PERIOD_MS;
  if (windows.findLast(begin, () => true, begin - DAY_MS) !== null) return missing;
  const first = hour.findIndex((count) => count !== null);
  return first < 0 ? 0 : missing - first;
}
