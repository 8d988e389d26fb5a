import { type RawBuilder, sql } from 'kysely';
import { HOUR_MS, type Window } from '../../../core/model/window.ts';
import type { HourCount, HoursRead } from '../../../core/ports/read-model.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named } from '../../database/given-rows.ts';
import { NO_ROWS, placesBy, rowsOf, type Table } from '../../database/table.ts';
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
  if (since > 0) {
    const newer = await fresh(engine, filters, span, since);
    return { hours: inHours(filters, newer, NO_ROWS), until, from: null };
  }
  const at = await addedUpTo(engine);
  const kept = await addedUp(engine, filters, span);
  const isFar = (await recordedAfter(engine, at, MOST_FRESH)) !== null;
  const newer = isFar ? [] : await fresh(engine, filters, span, at - MARGIN_MS);
  return { hours: inHours(filters, newer, kept), until, from: isFar ? at : null };
}

/**
 * NOTE: of many filters the whole table is read: rows of one filter lie far apart, and to find each of them takes
 * longer than to pass by what is not wanted.
 */
function addedUp({ db, table }: Engine, filters: readonly string[], span: Window): Promise<Table> {
  return table(
    db
      .selectFrom('sentry_monitor_hours')
      .select(['filter', 'hour_start', 'windows', 'complete', 'events', 'revision'])
      .where('hour_start', '>=', span.start)
      .where('hour_start', '<', span.end)
      .$if(filters.length <= FEW, (query) => query.where('filter', 'in', filters)),
  );
}

type SumRow = Omit<HourRow, 'recorded_at'>;

function hourIn({ hour_start: start, windows, complete, events, revision }: SumRow): HourCount {
  return { start, windows, complete, events, revision };
}

/**
 * Of these filters. What newer rows say goes before what the table says of the same hour. NOTE: one filter after the
 * other: all of them at once are more than a small heap takes well.
 */
function* inHours(
  filters: readonly string[],
  newer: readonly SumRow[],
  kept: Table,
): Generator<readonly [string, readonly HourCount[]]> {
  const fresh = Map.groupBy(newer, ({ filter }) => filter);
  const places = placesBy(kept, 'filter');
  const rowAt = rowsOf<SumRow>(kept);
  for (const name of filters) {
    const found = (fresh.get(name) ?? []).map(hourIn);
    const starts = new Set(found.map(({ start }) => start));
    for (const place of places.get(name) ?? []) {
      const hour = hourIn(rowAt(place));
      if (!starts.has(hour.start)) found.push(hour);
    }
    if (found.length > 0) yield [name, found.sort((one, other) => one.start - other.start)];
  }
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
