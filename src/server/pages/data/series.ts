import PQueue from 'p-queue';
import { faultOf } from '../../../core/model/errors.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { SeriesCount } from '../../../core/model/reading.ts';
import type { Window } from '../../../core/model/window.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Source } from '../../../core/ports/source.ts';

/** What was read is shown for so long, ms: a crowd that looks costs as much as one. */
const KEEP_MS = 60_000;
/** One filter's series takes at most so long, ms. */
const READ_MS = 30_000;
/** A page waits so long for series that are not there yet, ms; the next one shows them. */
const WAIT_MS = 3_000;
/** Filters asked for at a time: runs come first. */
const AT_A_TIME = 2;
/** Filters kept, by span: more than anybody looks at. */
const MAX_KEPT = 2_000;

/** The source's time series as a page shows them. */
export interface SeriesSeen {
  readonly counts: ReadonlyMap<string, readonly SeriesCount[]>;
  /** By filter, why there are none. */
  readonly troubles: ReadonlyMap<string, string>;
  /** Filters that are being read. */
  readonly pending: readonly string[];
  /** The oldest reading among the counts, epoch ms; null: none. */
  readonly readAt: number | null;
}

export interface SeriesDeps {
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  openScope(id: string, limitMs: number): Scope & { close(): void };
}

interface Entry {
  /** When it was asked for, epoch ms. */
  readonly at: number;
  readonly span: Window;
  counts: readonly SeriesCount[] | null;
  trouble: string | null;
  /** Resolves when one of the two is there; the counts may be those of the entry before. */
  done: Promise<void> | null;
}

/** Reads a source's time series for people, each at most once a minute. */
export function createSeries(
  source: Source,
  deps: SeriesDeps,
): (filters: readonly Filter[], span: Window) => Promise<SeriesSeen> {
  const entries = new Map<string, Entry>();
  const queue = new PQueue({ concurrency: AT_A_TIME });
  const read = async (filter: Filter, entry: Entry): Promise<void> => {
    const scope = deps.openScope('page', READ_MS);
    try {
      entry.counts = await source.series!(filter, entry.span, scope);
      entry.trouble = null;
    } catch (error) {
      entry.trouble = faultOf(error).message;
    } finally {
      scope.close();
      entry.done = null;
    }
  };
  const entryOf = (filter: Filter, span: Window): Entry => {
    const key = `${span.end - span.start} ${filter.name}`;
    const old = entries.get(key);
    if (old !== undefined && (old.done !== null || isFresh(old, span, deps.now()))) return old;
    const entry: Entry = { at: deps.now(), span, counts: old?.counts ?? null, trouble: null, done: null };
    entry.done = queue.add(() => read(filter, entry));
    entries.delete(key);
    entries.set(key, entry);
    if (entries.size > MAX_KEPT) entries.delete(entries.keys().next().value!);
    return entry;
  };
  return async (filters, span) => {
    const wanted = filters.map((filter) => ({ filter, entry: entryOf(filter, span) }));
    await before(Promise.all(wanted.flatMap(({ entry }) => entry.done ?? [])), WAIT_MS, deps);
    const found = wanted.filter(({ entry }) => entry.counts !== null);
    return {
      counts: new Map(
        found.map(({ filter, entry }) => [
          filter.name,
          entry.counts!.filter(({ start }) => start >= span.start && start < span.end),
        ]),
      ),
      troubles: new Map(
        wanted.flatMap(({ filter, entry }) => (entry.trouble === null ? [] : [[filter.name, entry.trouble]])),
      ),
      pending: wanted.filter(({ entry }) => entry.done !== null).map(({ filter }) => filter.name),
      readAt: found.length === 0 ? null : Math.min(...found.map(({ entry }) => entry.at)),
    };
  };
}

function isFresh({ at, span }: Entry, { start }: Window, now: number): boolean {
  return now - at < KEEP_MS && now >= at && span.start === start;
}

/** Whichever comes first; never rejects. */
export async function before(
  work: Promise<unknown>,
  ms: number,
  { sleep }: Pick<SeriesDeps, 'sleep'>,
): Promise<boolean> {
  const stop = new AbortController();
  const late = sleep(ms, stop.signal).then(
    () => false,
    () => false,
  );
  const done = work.then(
    () => true,
    () => true,
  );
  const isDone = await Promise.race([done, late]);
  stop.abort();
  return isDone;
}
