import PQueue from 'p-queue';
import { faultOf } from '../../../../core/model/errors.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { SeriesCount } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Clock } from '../../../../core/ports/clock.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Source } from '../../../../core/ports/source.ts';
import { isDoneWithin } from '../../../../platform/done-within.ts';

/** What could not be read is asked for again after so long, ms. */
const RETRY_MS = 60_000;
/** One filter's series takes at most so long, ms. */
const READ_MS = 30_000;
/** Filters asked for at a time: runs come first. */
const AT_A_TIME = 2;
/** Filters kept, by span: more than anybody looks at. */
const MAX_KEPT = 2_000;

/** The source's time series as a page shows them. */
export interface SeriesData {
  readonly counts: ReadonlyMap<string, readonly SeriesCount[]>;
  /** By filter, why there are none. */
  readonly troubles: ReadonlyMap<string, string>;
  /** Filters that are being read. */
  readonly pending: readonly string[];
  /** The oldest reading among the counts, epoch ms; null: none. */
  readonly readAt: number | null;
}

export interface SeriesDeps extends Clock {
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

/** Which series are wanted. */
export interface SeriesWish {
  /** Stretches of `step` ms that start in it. */
  readonly span: Window;
  readonly step: number;
  /** What was read is shown for so long, ms: a crowd that looks costs as much as one. */
  readonly keepMs: number;
  /** A page waits so long for what is not there yet, ms; the next one shows it. */
  readonly waitMs: number;
  /** So far they are needed, epoch ms. */
  upTo(filter: string): number;
}

export type ReadSeries = (filters: readonly Filter[], wish: SeriesWish) => Promise<SeriesData>;

/** The series of one filter. */
interface Series {
  /** When it was asked for, epoch ms. */
  readonly at: number;
  readonly span: Window;
  readonly step: number;
  counts: readonly SeriesCount[] | null;
  trouble: string | null;
  /** Resolves when one of the two is there; the counts may be those that were read before. */
  done: Promise<void> | null;
}

/** Reads a source's time series for people, each once in a while. */
export function createSeries(source: Source, deps: SeriesDeps): ReadSeries {
  const kept = new Map<string, Series>();
  const queue = new PQueue({ concurrency: AT_A_TIME });
  const read = async (filter: Filter, series: Series): Promise<void> => {
    const scope = deps.openScope('page', READ_MS);
    try {
      series.counts = await source.series!(filter, series.span, scope, series.step);
      series.trouble = null;
    } catch (error) {
      series.trouble = faultOf(error).message;
    } finally {
      scope.close();
      series.done = null;
    }
  };
  const seriesOf = (filter: Filter, wish: SeriesWish): Series => {
    const { span, step } = wish;
    const key = JSON.stringify([step, span.end - span.start, { ...filter, place: undefined }]);
    const old = kept.get(key);
    if (old !== undefined && (old.done !== null || isFresh(old, wish, wish.upTo(filter.name), deps.now()))) return old;
    const series: Series = { at: deps.now(), span, step, counts: old?.counts ?? null, trouble: null, done: null };
    series.done = queue.add(() => read(filter, series));
    kept.delete(key);
    kept.set(key, series);
    if (kept.size > MAX_KEPT) kept.delete(kept.keys().next().value!);
    return series;
  };
  return async (filters, wish) => {
    const wanted = filters.map((filter) => ({ name: filter.name, series: seriesOf(filter, wish) }));
    await isDoneWithin(wish.waitMs, Promise.all(wanted.flatMap(({ series }) => series.done ?? [])), deps);
    return dataOf(wanted, wish.span);
  };
}

function isFresh({ at, span, counts }: Series, wish: SeriesWish, upTo: number, now: number): boolean {
  const isThere = span.start <= wish.span.start && span.end >= Math.min(upTo, wish.span.end);
  return isThere && now - at < (counts === null ? RETRY_MS : wish.keepMs) && now >= at;
}

function dataOf(wanted: readonly { readonly name: string; readonly series: Series }[], span: Window): SeriesData {
  const counts = new Map<string, readonly SeriesCount[]>();
  const troubles = new Map<string, string>();
  for (const { name, series } of wanted) {
    const inSpan = series.counts?.filter(({ start }) => start >= span.start && start < span.end);
    if (inSpan !== undefined) counts.set(name, inSpan);
    if (series.trouble !== null) troubles.set(name, series.trouble);
  }
  const times = wanted.flatMap(({ series }) => (series.counts === null ? [] : [series.at]));
  return {
    counts,
    troubles,
    pending: wanted.filter(({ series }) => series.done !== null).map(({ name }) => name),
    readAt: times.length === 0 ? null : Math.min(...times),
  };
}
