import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { Baseline, BaselineName } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import { type Columns, MAX_URL_BYTES, type Selection, tableParams } from '../api/query.ts';
import { idIn, numberIn, readPage } from '../api/rows.ts';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PAST: Columns = { fields: ['issue.id', 'count()'], sort: ['-count()', 'issue.id'] };
/** Hours of other days that are kept: two of each, that of the windows now and the one before; those used longest ago go first. */
const MAX_SPANS = 4;
/** Readings kept of one such hour; those used longest ago go first. */
const MAX_KEPT = 5_000;

/** Counts of one stretch of time, as far as they were read. */
export interface Counts {
  readonly events: Map<string, number>;
  /** Every issue that is not in `events` had none. */
  readonly whole: boolean;
}

export interface PastReading {
  readonly baselines: readonly Baseline[];
  readonly gaps: readonly Gap[];
}

/** The past of issues, for trends: the hour before each window, and days ago, which is read once an hour. */
export interface Baselines {
  /** The biggest issues of the hour before; asked together with the counts, before the candidates are known. */
  hour(selection: Selection, scope: Scope): Promise<Counts | Gap> | null;
  /** All baselines for these issues, with what `hour` gave. What cannot be read is a gap. */
  read(
    candidates: readonly string[],
    selection: Selection,
    hour: Promise<Counts | Gap> | null,
    scope: Scope,
  ): Promise<PastReading>;
}

export function createBaselines(client: Client, names: readonly BaselineName[]): Baselines {
  const cache = new Map<number, Map<string, Promise<Counts>>>();
  const kept = (selection: Selection, span: Window, scope: Scope): Promise<Counts> => {
    const ofSpan = cache.get(span.start) ?? new Map<string, Promise<Counts>>();
    use(cache, span.start, ofSpan, MAX_SPANS);
    const key = JSON.stringify([selection.query, selection.projectIds, selection.environments]);
    const found = ofSpan.get(key) ?? readTop(client, { ...selection, window: span }, scope);
    use(ofSpan, key, found, MAX_KEPT);
    // A failure is not kept.
    found.catch(() => ofSpan.delete(key));
    return found;
  };
  const one = async (
    name: BaselineName,
    candidates: readonly string[],
    selection: Selection,
    hour: Promise<Counts | Gap> | null,
    scope: Scope,
  ): Promise<Baseline | Gap> => {
    const span = spanOf(name, selection.window);
    const known = name === '1h' ? await hour : null;
    if (known !== null && 'reason' in known) return known;
    try {
      const counts = known ?? (await kept(selection, span, scope));
      await fill(client, counts, candidates, { ...selection, window: span }, scope);
      return { name, span, events: new Map(candidates.map((id) => [id, counts.events.get(id) ?? 0])) };
    } catch (error) {
      return lost(name, error);
    }
  };
  return {
    hour: (selection, scope) =>
      names.includes('1h')
        ? readTop(client, { ...selection, window: spanOf('1h', selection.window) }, scope).catch((error: unknown) =>
            lost('1h', error),
          )
        : null,
    async read(candidates, selection, hour, scope) {
      const read =
        candidates.length === 0
          ? []
          : await Promise.all(names.map((name) => one(name, candidates, selection, hour, scope)));
      await hour;
      return { baselines: read.filter((it) => 'events' in it), gaps: read.filter((it) => 'reason' in it) };
    },
  };
}

/** Makes it the latest one, and drops the one that was used longest ago when there are more than `most`. */
function use<K, V>(map: Map<K, V>, key: K, value: V, most: number): void {
  map.delete(key);
  map.set(key, value);
  if (map.size > most) map.delete(map.keys().next().value!);
}

/**
 * The hour before the window; or 65 minutes (13 windows) around the clock hour that holds it, one or seven days ago: the
 * same for all windows of that hour, on every server.
 */
export function spanOf(name: BaselineName, { start }: Window): Window {
  if (name === '1h') return { start: start - HOUR_MS, end: start };
  const hour = Math.floor(start / HOUR_MS) * HOUR_MS - (name === '1d' ? DAY_MS : 7 * DAY_MS);
  return { start: hour - HOUR_MS / 12, end: hour + HOUR_MS };
}

async function readTop(client: Client, selection: Selection, scope: Scope): Promise<Counts> {
  const { rows, whole } = await readPage(client, tableParams(PAST, selection), scope);
  return { events: countsIn(rows), whole };
}

/** Asks for the candidates that the biggest ones left open, and notes them: an issue without events is a 0. */
async function fill(
  client: Client,
  counts: Counts,
  candidates: readonly string[],
  selection: Selection,
  scope: Scope,
): Promise<void> {
  if (counts.whole) return;
  const missing = candidates.filter((id) => !counts.events.has(id));
  for (const ids of parts(missing, room(client, selection))) {
    const query = `${selection.query} issue.id:[${ids.join(',')}]`.trim();
    const { rows } = await readPage(client, tableParams(PAST, { ...selection, query }), scope);
    const found = countsIn(rows);
    for (const id of ids) counts.events.set(id, found.get(id) ?? 0);
  }
}

function countsIn(rows: readonly Readonly<Record<string, unknown>>[]): Map<string, number> {
  return new Map(
    rows.flatMap((row): [string, number][] => {
      const id = idIn(row, 'issue.id');
      return id === null ? [] : [[id, numberIn(row, 'count()')]];
    }),
  );
}

/** Bytes that ids may take in the request. */
function room(client: Client, selection: Selection): number {
  const pairs = tableParams(PAST, selection).map(([name, value]): [string, string] => [name, value]);
  return (
    MAX_URL_BYTES -
    client.url('events').length -
    new URLSearchParams(pairs).toString().length -
    ' issue.id:[]'.length * 3
  );
}

/** Cut so that each part's ids, with their encoded commas, fit; at most a page. */
function parts(ids: readonly string[], bytes: number): readonly (readonly string[])[] {
  const longest = Math.max(1, ...ids.map((id) => id.length)) + '%2C'.length;
  const size = Math.min(100, Math.max(1, Math.floor(bytes / longest)));
  return Array.from({ length: Math.ceil(ids.length / size) }, (_, index) =>
    ids.slice(index * size, (index + 1) * size),
  );
}

function lost(name: BaselineName, error: unknown): Gap {
  return { part: 'baselines', reason: 'not_answered', detail: `${name}: ${faultOf(error).message}` };
}
