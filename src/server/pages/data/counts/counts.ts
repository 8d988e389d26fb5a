import type { Filter } from '../../../../core/model/filter.ts';
import { HOUR_MS, isoOf, PERIOD_MS, type Window } from '../../../../core/model/window.ts';
import type { ReadModel } from '../../../../core/ports/read-model.ts';
import type { Due, Look } from '../current.ts';
import { Grid, type Grids } from './grid.ts';
import type { Origin, OriginTrouble } from '../model.ts';
import { readCellsOf } from './read-cells.ts';
import { type GridsRead, readGrids, type ReadGrids, recentGrids } from './recent.ts';
import type { ReadSeries, SeriesData } from './series.ts';
import type { FilterCounts } from './slots.ts';

/** Counts of a span, and where they come from. */
export interface Counted {
  of(filter: string): FilterCounts;
  /** Single windows that we counted ourselves: the source's own series say nothing of that. */
  readonly own: Grids;
  /** Start of the first window of any filter, epoch ms; null: nobody knows of all servers. */
  readonly first: number | null;
  readonly origin: Origin;
}

export type ReadCounts = (filters: readonly Filter[], due: Due, look: Look) => Promise<Counted>;

const NO_GRID = new Grid(PERIOD_MS, 1);

/** The source's series as pages show them without a ledger: up to now. */
const NOW = { keepMs: 60_000, waitMs: 3_000, upTo: () => Infinity };
/** And of what lies before the ledger: that is long over, and a page has the ledger to show. */
const PAST = { keepMs: 15 * 60_000, waitMs: 1_000 };

/**
 * From the ledger, and before its first window of a filter from the source's time series, where that is there. Of `all`
 * filters up to now, which most pages ask for, only what is new is read.
 */
export function ledgerCounts(
  readModel: ReadModel,
  readSeries: ReadSeries | null,
  all: () => readonly Filter[],
): ReadCounts {
  const { windows: readWindows, hours: readHours } = readCellsOf(readModel);
  const plain = { windows: readGrids(readWindows, PERIOD_MS), hours: readGrids(readHours, HOUR_MS) };
  const readMark = async (since: number): Promise<string> => readModel.recorded(since);
  const recent = {
    windows: recentGrids(readWindows, readMark, PERIOD_MS),
    hours: recentGrids(readHours, readMark, HOUR_MS),
  };
  return async (filters, { windows, bars }, { range: { step }, at }) => {
    const names = namesOf(filters);
    const firsts = await readModel.firsts([...new Set([...names, ...namesOf(all())])]);
    const firstOf = (name: string): number => firsts.get(name) ?? Infinity;
    const young = filters.filter(({ name, projects }) => projects.length > 0 && firstOf(name) >= bars.start + step);
    const past = young.length === 0 ? undefined : readSeries?.(young, { span: bars, step, ...PAST, upTo: firstOf });
    const read = at === null && filters === all() ? recent : plain;
    const { grids: own, missing: none } = await read.windows(names, windows.start, windows.end);
    const { grids: drawn, missing } =
      step === PERIOD_MS ? { grids: own, missing: none } : await hoursIn(names, { windows, bars }, own, read.hours);
    const series = (await past) ?? null;
    const source = series === null ? null : seriesGrids(series, bars, step);
    const pending = missing === null ? (series?.pending.length ?? 0) : filters.length;
    return {
      of: (name) => countsIn(name, { own, drawn, source, first: firstOf }),
      own,
      first: Math.min(...firsts.values()),
      origin: {
        ...{ counts: 'ledger', runs: 'ledger', readAt: null, troubles: notAddedUp(missing), pending },
        hasSeries: source !== null,
      },
    };
  };
}

/** Hours of which all windows are there are added up here. */
async function hoursIn(
  names: readonly string[],
  { windows, bars }: Pick<Due, 'windows' | 'bars'>,
  own: Grids,
  readHours: ReadGrids,
): Promise<GridsRead> {
  const turn = Math.min(bars.end, Math.ceil(windows.start / HOUR_MS) * HOUR_MS);
  const read = await readHours(names, bars.start, turn, (bars.end - turn) / HOUR_MS);
  for (const [name, grid] of read.grids)
    for (let start = turn; start < bars.end; start += HOUR_MS) {
      const cell = own.get(name)?.sum(start, start + HOUR_MS) ?? null;
      if (cell !== null) grid.put(start, cell);
    }
  return read;
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
    const series = (await readSeries?.(filters, { span: bars, step, ...NOW })) ?? null;
    const { grids: own } = await read.windows(names, windows.start, windows.end);
    const { grids: drawn } = step === PERIOD_MS ? { grids: own } : await read.hours(names, bars.start, bars.end);
    const source = series === null ? null : seriesGrids(series, bars, step);
    const isThere = series !== null && (series.counts.size > 0 || series.pending.length > 0);
    return {
      of: (name) => countsIn(name, { own, drawn, source, first: () => null }),
      own,
      first: null,
      origin: {
        counts: isThere ? 'source' : 'memory',
        runs: 'memory',
        readAt: series?.readAt ?? null,
        troubles: [...trouble, ...troublesOf(series)],
        pending: series?.pending.length ?? 0,
        hasSeries: source !== null,
      },
    };
  };
}

/** `missing`: since when, epoch ms; null: nothing is. */
function notAddedUp(missing: number | null): readonly OriginTrouble[] {
  if (missing === null) return [];
  const since = missing === 0 ? 'What was counted' : `What was counted after ${isoOf(missing)}`;
  return [{ of: 'hours', text: `${since} is being added up by hour; it is shown when that is done.` }];
}

interface AllCounts {
  readonly own: Grids;
  readonly drawn: Grids;
  readonly source: Grids | null;
  first(name: string): number | null;
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
