import { type RawBuilder, sql } from 'kysely';
import { HOUR_MS, type Window } from '../../../core/model/window.ts';
import type { HourCount, HoursRead } from '../../../core/ports/read-model.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named } from '../../database/given-rows.ts';
import type { HourRow } from '../../database/tables.ts';

/**
 * What was recorded so long before the newest is added up again, ms: a transaction may become visible after one that
 * began later.
 */
const MARGIN_MS = 120_000;
/** A server whose clock was set back recorded what it did since at earlier times, ms. */
const SET_BACK_MS = HOUR_MS;
/** Reports that are looked at again for a page at most: more have to be added up first. */
const MOST_FRESH = 40_000;
/** Filters of which one asks by their names. */
const FEW = 20;

/**
 * Adds up what was recorded since the last time, of at most so many reports and those recorded with them. Whether there
 * is more. One server at a time: the others wait for its row.
 */
export function addUpHours(engine: Engine, most: number): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    const { rows } = await sql<{ readonly at: number }>`
      update sentry_monitor_progress
      set recorded_at = case when recorded_at > ${engine.clock()} then ${engine.clock()} - ${SET_BACK_MS}
        else recorded_at end
      where name = 'hours' returning recorded_at as at`.execute(db);
    const from = rows[0]!.at;
    const [next, upto] = [await recordedAfter(trx, from, most), await newest(trx)];
    const to = Math.max(from, next ?? upto);
    await write(trx, touched({ start: from - MARGIN_MS, end: to + 1 }));
    await db.updateTable('sentry_monitor_progress').set({ recorded_at: to }).where('name', '=', 'hours').execute();
    return next !== null && next < upto;
  });
}

/** By what is added up, and by the reports where that is not all. `since`: only hours of which something is newer. */
export async function readHours(
  engine: Engine,
  filters: readonly string[],
  span: Window,
  since: number,
): Promise<HoursRead> {
  const until = await newest(engine);
  if (since > 0) return { hours: inHours(await fresh(engine, filters, span, since), new Map()), until, from: null };
  const at = await addedUpTo(engine);
  const kept = await addedUp(engine, filters, span);
  const isFar = (await recordedAfter(engine, at, MOST_FRESH)) !== null;
  const newer = isFar ? [] : await fresh(engine, filters, span, at - MARGIN_MS);
  return { hours: inHours(newer, kept), until, from: isFar ? at : null };
}

/** As texts. NOTE: one row a filter: some hundred thousand rows would take longer to hand over than to find. */
async function addedUp(engine: Engine, filters: readonly string[], span: Window): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ readonly filter: string; readonly hours: string }>`
    select h.filter, string_agg(cast(h.hour_start / ${big(HOUR_MS)} as text) || ' ' || h.windows || ' ' || h.complete
      || ' ' || h.events || ' ' || h.revision, ';') as hours
    from ${engine.given(NAMED, named(filters))} as given join sentry_monitor_hours h
      on h.filter = given.name and h.hour_start >= ${big(span.start)} and h.hour_start < ${big(span.end)}
    group by h.filter`.execute(engine.db);
  return new Map(rows.map(({ filter, hours }) => [filter, hours]));
}

function hourIn(text: string): HourCount {
  const [hour, windows, complete, events, revision] = text.split(' ').map(Number);
  return { start: hour! * HOUR_MS, windows: windows!, complete: complete!, events: events!, revision: revision! };
}

type SumRow = Omit<HourRow, 'recorded_at'>;

/**
 * What rows say goes before what is `kept` of the same hour. NOTE: one filter after the other: all of them at once are
 * more than a small heap takes well.
 */
function* inHours(
  rows: readonly SumRow[],
  kept: ReadonlyMap<string, string>,
): Generator<readonly [string, readonly HourCount[]]> {
  const fresh = Map.groupBy(rows, ({ filter }) => filter);
  for (const name of new Set([...kept.keys(), ...fresh.keys()])) {
    const newer = (fresh.get(name) ?? []).map(hourOf);
    const starts = new Set(newer.map(({ start }) => start));
    const older = kept.get(name)?.split(';').map(hourIn) ?? [];
    const hours = [...older.filter(({ start }) => !starts.has(start)), ...newer];
    yield [name, hours.sort((one, other) => one.start - other.start)];
  }
}

function hourOf({ hour_start: start, windows, complete, events, revision }: SumRow): HourCount {
  return { start, windows, complete, events, revision };
}

/**
 * NOTE: of many filters all are read that something was recorded of: SQLite would look through the past of each for
 * what is new.
 */
async function fresh(
  engine: Engine,
  filters: readonly string[],
  span: Window,
  since: number,
): Promise<readonly HourRow[]> {
  const own = sql`and t.filter in (select name from ${engine.given(NAMED, named(filters))} as given)`;
  const hours = sql`(
    select t.filter, t.hour_start from ${touched({ start: since, end: Number.MAX_SAFE_INTEGER })} as t
    where t.hour_start >= ${big(span.start)} and t.hour_start < ${big(span.end)}
      ${filters.length > FEW ? sql`` : own})`;
  const { rows } = await sql<HourRow>`${sums(engine, hours)}`.execute(engine.db);
  const wanted = new Set(filters);
  return rows.filter(({ filter }) => wanted.has(filter));
}

async function write(engine: Engine, hours: RawBuilder<unknown>): Promise<void> {
  const columns = sql.raw('filter, hour_start, windows, complete, events, revision, recorded_at');
  await sql`
    insert into sentry_monitor_hours (${columns})
    select ${columns} from (${sums(engine, hours)}) as summed where true
    on conflict (filter, hour_start) do update set windows = excluded.windows, complete = excluded.complete,
      events = excluded.events, revision = excluded.revision, recorded_at = excluded.recorded_at`.execute(engine.db);
}

/** Hours of which something was recorded then. */
function touched({ start, end }: Window): RawBuilder<unknown> {
  return sql`(
    select distinct filter, window_start - window_start % ${big(HOUR_MS)} as hour_start from sentry_monitor_reports
    where recorded_at >= ${big(start)} and recorded_at < ${big(end)})`;
}

/** The rows of hours, from the latest count of each of their windows. */
function sums({ sumIn }: Engine, hours: RawBuilder<unknown>): RawBuilder<HourRow> {
  return sql<HourRow>`
    select r.filter, t.hour_start, cast(count(*) as integer) as windows, cast(sum(r.complete) as integer) as complete,
      cast(sum(${sumIn(sql.ref('r.totals'), 'events')}) as bigint) as events, max(r.revision) as revision,
      max(r.recorded_at) as recorded_at
    from ${hours} as t join sentry_monitor_reports r
      on r.filter = t.filter and r.window_start >= t.hour_start and r.window_start < t.hour_start + ${big(HOUR_MS)}
    where not exists (
      select 1 from sentry_monitor_reports l where l.report_id = r.report_id and l.revision > r.revision)
    group by r.filter, t.hour_start`;
}

async function addedUpTo({ db }: Engine): Promise<number> {
  const row = await db
    .selectFrom('sentry_monitor_progress')
    .select('recorded_at')
    .where('name', '=', 'hours')
    .executeTakeFirst();
  return row?.recorded_at ?? 0;
}

/** When the report was recorded that is so many after those of that time; null: there are not so many. */
async function recordedAfter({ db }: Engine, at: number, many: number): Promise<number | null> {
  const row = await db
    .selectFrom('sentry_monitor_reports')
    .select('recorded_at')
    .where('recorded_at', '>', at)
    .orderBy('recorded_at')
    .offset(many)
    .limit(1)
    .executeTakeFirst();
  return row?.recorded_at ?? null;
}

/** 0: nothing is recorded. */
async function newest({ db }: Engine): Promise<number> {
  const { at } = await db
    .selectFrom('sentry_monitor_reports')
    .select(({ fn }) => fn.max('recorded_at').as('at'))
    .executeTakeFirstOrThrow();
  return at ?? 0;
}

function big(value: number): RawBuilder<number> {
  return sql<number>`cast(${value} as bigint)`;
}
