import { type RawBuilder, sql } from 'kysely';
import type { Missing, Route } from '../../core/model/aftermath.ts';
import { PERIOD_MS, type Window } from '../../core/model/window.ts';
import type { Backlog } from '../../core/ports/backlog.ts';
import type { Database } from '../database/database.ts';
import type { Columns, Engine } from '../database/engine.ts';

/** Reports that were counted again have revisions of their own; what is missing is the first. */
const REVISION = 0;

type Which = Parameters<Backlog['missing']>[3];

/** What was not delivered, as the tables know it. */
export function sqlBacklog(database: Database): Pick<Backlog, 'missing'> {
  return {
    missing: async (routes, from, to, which) =>
      routes.length === 0 || from >= to ? [] : missing(await database.ready(), routes, { start: from, end: to }, which),
  };
}

/** One look at the counts of all routes; only those that lack something are looked at window by window. */
async function missing(
  engine: Engine,
  routes: readonly Route[],
  within: Window,
  which: Which,
): Promise<readonly Missing[]> {
  const to = within.end;
  const short = (await counts(engine, routes, within, which)).flatMap(({ filter, sink, first, done }) =>
    first === null || (to - first) / PERIOD_MS <= done ? [] : [{ filter, sink, start: first }],
  );
  if (short.length === 0) return [];
  const known = new Map((await rows(engine, short, within)).map((row) => [nameOf(row), row]));
  const found = short.flatMap(({ filter, sink, start }) =>
    grid(start, to).map((at) => ({ filter, sink, start: at, row: known.get(nameOf({ filter, sink, start: at })) })),
  );
  return found
    .filter(({ row }) => row?.done !== 1)
    .sort((a, b) => a.start - b.start)
    .map(({ row, ...it }) => ({ ...it, held: row?.held === 1, kept: row?.kept === 1 }));
}

interface Count extends Route {
  /** Start of the first window that counts, epoch ms; null: none does. */
  readonly first: number | null;
  /** From there on. */
  readonly done: number;
}

/**
 * NOTE: a look at each route by itself, so that the index serves it.
 * What was recorded first is told by when its claim was made, not by its window: an old window that somebody posts by
 * hand must not start a replay.
 * `+ 0` keeps the index of `created_at` out of it: that one knows no routes.
 */
async function counts(
  engine: Engine,
  routes: readonly Route[],
  { start, end }: Window,
  which: Which,
): Promise<readonly Count[]> {
  const [from, to] = [big(start), big(end)];
  const own = sql`from sentry_monitor_claims c
    where c.filter = r.filter and c.sink = r.sink and c.revision = ${REVISION}`;
  const recorded = sql`case
    when exists (
      select 1 ${own} and c.window_start < ${from} and (r.made_at is null or c.created_at + 0 <= r.made_at)
    ) then ${from}
    else (select min(c.window_start) ${own} and c.window_start >= ${from} and c.created_at + 0 = r.made_at)
  end`;
  const found = await sql<Count>`
    with routes as materialized ${table(engine, routes)},
    made as materialized (
      select r.filter, r.sink, (select min(c.created_at + 0) ${own} and c.window_start >= ${from}) as made_at
      from routes r
    ),
    begun as materialized (
      select r.filter, r.sink, ${which === 'all' ? from : recorded} as first from made r
    )
    select r.filter, r.sink, r.first,
      (select count(*) ${own} and c.done = 1 and c.window_start >= r.first and c.window_start < ${to}) as done
    from begun r`.execute(engine.db);
  return found.rows;
}

interface Row extends Route {
  readonly start: number;
  readonly done: number;
  readonly held: number;
  readonly kept: number;
}

async function rows(engine: Engine, routes: readonly Route[], { start, end }: Window): Promise<readonly Row[]> {
  const found = await sql<Row>`
    with routes as materialized ${table(engine, routes)}
    select c.filter, c.sink, c.window_start as start, c.done,
      case when c.lease_until > ${engine.clock()} then 1 else 0 end as held,
      case when c.items is null then 0 else 1 end as kept
    from routes r join sentry_monitor_claims c
      on c.filter = r.filter and c.sink = r.sink and c.revision = ${REVISION}
      and c.window_start >= ${big(start)} and c.window_start < ${big(end)}`.execute(engine.db);
  return found.rows;
}

const ROUTE: Columns<Route> = { filter: 'text', sink: 'text' };

/** The routes as a table of the statement. */
function table({ given }: Engine, routes: readonly Route[]): RawBuilder<unknown> {
  const named = routes.map(({ filter, sink }) => ({ filter, sink }));
  return sql`(select * from ${given(ROUTE, named)} as given)`;
}

function big(value: number): RawBuilder<unknown> {
  return sql`cast(${value} as bigint)`;
}

function grid(from: number, to: number): readonly number[] {
  return Array.from(
    { length: Math.max(0, Math.ceil((to - from) / PERIOD_MS)) },
    (_, index) => from + index * PERIOD_MS,
  );
}

function nameOf({ filter, sink, start }: Pick<Row, 'filter' | 'sink' | 'start'>): string {
  return `${filter} ${sink} ${start}`;
}
