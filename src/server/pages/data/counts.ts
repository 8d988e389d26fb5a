import type { Filter } from '../../../core/model/filter.ts';
import { HOUR_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { ReadModel } from '../../../core/ports/read-model.ts';
import type { Due, Look } from './current.ts';
import { Grid, type Grids } from './grid.ts';
import type { Origin, OriginTrouble } from './model.ts';
import { readCellsOf } from './read-cells.ts';
import { readGrids, recentGrids } from './recent.ts';
import type { ReadSeries, SeriesData } from './series.ts';
import type { FilterCounts } from './slots.ts';

/** Counts of a span, and where they come from. */
export interface Counted {
  of(filter: string): FilterCounts;
  /** Single windows that we counted ourselves: the source's own series say nothing of that. */
  readonly own: Grids;
  readonly origin: Origin;
}

export type ReadCounts = (filters: readonly Filter[], due: Due, look: Look) => Promise<Counted>;

const NO_GRID = new Grid(PERIOD_MS, 1);

/** From the ledger. Of `all` filters up to now, which most pages ask for, only what is new is read. */
export function ledgerCounts(readModel: ReadModel, all: () => readonly Filter[]): ReadCounts {
  const { windows: readWindows, hours: readHours } = readCellsOf(readModel);
  const plain = { windows: readGrids(readWindows, PERIOD_MS), hours: readGrids(readHours, HOUR_MS) };
  const recent = { windows: recentGrids(readWindows, PERIOD_MS), hours: recentGrids(readHours, HOUR_MS) };
  return async (filters, { windows, bars }, { range, at }) => {
    const names = namesOf(filters);
    const read = at === null && filters === all() ? recent : plain;
    const own = await read.windows(names, windows.start, windows.end);
    const drawn = range.step === PERIOD_MS ? own : await read.hours(names, bars.start, bars.end);
    return {
      of: (name) => countsIn(name, { own, drawn, source: null, first: () => 0 }),
      own,
      origin: { counts: 'ledger', runs: 'ledger', readAt: null, troubles: [], pending: 0 },
    };
  };
}

/**
 * From the source's time series, and from what this process counted. `readSeries`: null when the source has none;
 * `trouble`: why there is no ledger.
 */
export function serverCounts(
  memory: ReadModel,
  readSeries: ReadSeries | null,
  trouble: readonly OriginTrouble[],
): ReadCounts {
  const { windows: readWindows, hours: readHours } = readCellsOf(memory);
  const read = { windows: readGrids(readWindows, PERIOD_MS), hours: readGrids(readHours, HOUR_MS) };
  return async (filters, { windows, bars }, { range: { step } }) => {
    const names = namesOf(filters);
    const series = (await readSeries?.(filters, bars, step)) ?? null;
    const own = await read.windows(names, windows.start, windows.end);
    const drawn = step === PERIOD_MS ? own : await read.hours(names, bars.start, bars.end);
    const source = series === null ? null : seriesGrids(series, bars, step);
    const isThere = series !== null && (series.counts.size > 0 || series.pending.length > 0);
    return {
      of: (name) => countsIn(name, { own, drawn, source, first: () => Infinity }),
      own,
      origin: {
        counts: isThere ? 'source' : 'memory',
        runs: 'memory',
        readAt: series?.readAt ?? null,
        troubles: [...trouble, ...troublesOf(series)],
        pending: series?.pending.length ?? 0,
      },
    };
  };
}

interface AllCounts {
  readonly own: Grids;
  readonly drawn: Grids;
  readonly source: Grids | null;
  first(name: string): number;
}

function countsIn(name: string, { own, drawn, source, first }: AllCounts): FilterCounts {
  return {
    windows: own.get(name) ?? NO_GRID,
    bars: drawn.get(name) ?? NO_GRID,
    source: source?.get(name) ?? null,
    first: first(name),
  };
}

/** A step of the series is as good as all its windows. */
function seriesGrids({ counts }: SeriesData, { start, end }: Window, step: number): Grids {
  const windows = step / PERIOD_MS;
  return new Map(
    [...counts].map(([name, all]) => {
      const grid = new Grid(step, (end - start) / step + 1);
      for (const { start: at, events, complete } of all)
        grid.put(at, { events, counted: windows, complete: complete ? windows : 0, revision: 0 });
      return [name, grid];
    }),
  );
}

/** Each trouble once, with the filters that have it. */
function troublesOf(series: SeriesData | null): readonly OriginTrouble[] {
  if (series === null)
    return [{ of: 'series', text: 'The source has no time series; this is what this server counted itself.' }];
  const byText = Map.groupBy(series.troubles, ([, text]) => text);
  return [...byText].map(([text, filters]) => {
    const names = filters.map(([name]) => name);
    const who = names.length > 3 ? `${names.length} filters` : names.join(', ');
    return { of: 'series', text: `No time series of ${who}: ${text}` };
  });
}

function namesOf(filters: readonly Filter[]): readonly string[] {
  return filters.map(({ name }) => name);
}
