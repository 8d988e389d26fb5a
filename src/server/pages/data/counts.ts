import type { Filter } from '../../../core/model/filter.ts';
import type { Window } from '../../../core/model/window.ts';
import type { ReadModel, WindowCount } from '../../../core/ports/read-model.ts';
import type { Counts } from './current.ts';
import type { Origin, OriginTrouble } from './model.ts';
import { recentCounts } from './recent.ts';
import type { ReadSeries, SeriesData } from './series.ts';

/** Counts of a span, and where they come from. */
export interface Counted {
  readonly counts: Counts;
  /** Those of them that we counted ourselves: the source's own series say nothing of that. */
  readonly own: Counts;
  readonly origin: Origin;
}

export type ReadCounts = (filters: readonly Filter[], span: Window) => Promise<Counted>;

/** From the ledger. Of `all` filters, which most pages ask for, only what is new is read. */
export function ledgerCounts(readModel: ReadModel, all: () => readonly Filter[]): ReadCounts {
  const recent = recentCounts(readModel);
  return async (filters, { start, end }) => {
    const names = namesOf(filters);
    const counts =
      filters === all() ? await recent(names, start, end) : (await readModel.counts(names, start, end)).counts;
    return {
      counts,
      own: counts,
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
  return async (filters, span) => {
    const series = (await readSeries?.(filters, span)) ?? null;
    const { counts: own } = await memory.counts(namesOf(filters), span.start, span.end);
    const isThere = series !== null && (series.counts.size > 0 || series.pending.length > 0);
    return {
      counts: isThere ? overlaid(revised(series.counts), own) : own,
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

/** What we counted, and sent, goes before what the source says of it later. */
function overlaid(counts: Counts, own: Counts): Counts {
  const names = [...new Set([...counts.keys(), ...own.keys()])];
  return new Map(
    names.map((name) => {
      const all = [...(counts.get(name) ?? []), ...(own.get(name) ?? [])];
      return [name, [...new Map(all.map((count) => [count.start, count])).values()]];
    }),
  );
}

function revised(counts: SeriesData['counts']): Counts {
  return new Map(
    [...counts].map(([name, windows]): [string, WindowCount[]] => [
      name,
      windows.map((count) => ({ ...count, revision: 0 })),
    ]),
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
