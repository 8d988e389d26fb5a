import { sql } from 'kysely';
import type { CountedSum, CountedWindow } from '../../../core/ports/alerting/digest-store.ts';
import type { Window } from '../../../core/model/window.ts';
import { ALERTS } from '../../../core/ports/alerting/decider.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named, withGiven } from '../../database/given-rows.ts';
import { rowsOf } from '../../database/table.ts';

/** All reports of the windows of these filters. */
function countsOf(engine: Engine, filters: readonly string[], { start, end }: Window) {
  return withGiven(engine, NAMED, named(filters))
    .selectFrom('given')
    .innerJoin('sentry_monitor_reports as report', (join) =>
      join
        .onRef('report.filter', '=', 'name')
        .on('report.window_start', '>=', start)
        .on('report.window_start', '<', end),
    );
}

/**
 * The newest ones. NOTE: hardly any window was counted again, so that those which were are found first, once: to look
 * for a later count of each window takes half of the time in PostgreSQL.
 */
function reportsOf(engine: Engine, filters: readonly string[], span: Window) {
  const again = countsOf(engine, filters, span)
    .select(['report.filter', 'report.window_start', 'report.revision'])
    .where('report.revision', '>', 0);
  return engine.db
    .with(
      (cte) => cte('again').materialized(),
      () => again,
    )
    .selectFrom(countsOf(engine, filters, span).selectAll('report').as('report'))
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('again')
            .select('again.filter')
            .whereRef('again.filter', '=', 'report.filter')
            .whereRef('again.window_start', '=', 'report.window_start')
            .whereRef('again.revision', '>', 'report.revision'),
        ),
      ),
    );
}

function eventsIn({ sumIn }: Engine) {
  return sumIn(sql.ref('report.totals'), 'events');
}

interface Row {
  readonly filter: string;
  readonly at: number;
  readonly revision: number;
  readonly complete: number;
  readonly silent: number;
  readonly events: number;
}

/** NOTE: which report is the newest, and their order, is found here: hardly any window has two, and they are sorted. */
export async function windowsIn(
  engine: Engine,
  filters: readonly string[],
  span: Window,
): Promise<ReadonlyMap<string, readonly CountedWindow[]>> {
  const table = await engine.table(
    countsOf(engine, filters, span)
      .select(['report.filter', 'report.window_start as at', 'report.revision', 'report.complete'])
      .select(sql<number>`case when report.gaps like '%"source_silent"%' then 1 else 0 end`.as('silent'))
      .select(sql<number>`cast(${eventsIn(engine)} as bigint)`.as('events')),
  );
  const rowAt = rowsOf<Row>(table);
  const found = new Map<string, Row[]>();
  for (let index = 0; index < table.rows; index++) {
    const row = rowAt(index);
    const own = found.get(row.filter);
    if (own === undefined) found.set(row.filter, [row]);
    else own.push(row);
  }
  return new Map([...found].map(([filter, rows]) => [filter, newestOf(rows)]));
}

function newestOf(rows: readonly Row[]): readonly CountedWindow[] {
  const sorted = rows.toSorted((a, b) => a.at - b.at || a.revision - b.revision);
  return sorted
    .filter(({ at }, index) => sorted[index + 1]?.at !== at)
    .map(({ at, events, complete, silent }) => ({ start: at, events, complete: complete === 1, silent: silent === 1 }));
}

/** Sums of the rows of a group. */
const COUNTS = [
  sql<number>`cast(count(*) as integer)`.as('windows'),
  sql<number>`cast(sum(report.complete) as integer)`.as('complete'),
] as const;

export async function sumsIn(
  engine: Engine,
  filters: readonly string[],
  span: Window,
): Promise<ReadonlyMap<string, CountedSum>> {
  const rows = await reportsOf(engine, filters, span)
    .select(['report.filter', ...COUNTS])
    .select(sql<number>`cast(sum(${eventsIn(engine)}) as bigint)`.as('events'))
    .groupBy('report.filter')
    .execute();
  return new Map(rows.map(({ filter, ...sum }) => [filter, sum]));
}

/** A claim is there before its window is kept, and is done once what was decided is written. */
export async function isUndecidedIn(engine: Engine, filters: readonly string[], span: Window): Promise<boolean> {
  const first = await withGiven(engine, NAMED, named(filters))
    .selectFrom('given')
    .innerJoin('sentry_monitor_claims as claim', (join) => join.onRef('claim.filter', '=', 'name'))
    .select('claim.claim')
    .where('claim.sink', '=', ALERTS)
    .where('claim.window_start', '>=', span.start)
    .where('claim.window_start', '<', span.end)
    .where('claim.done', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return first !== undefined;
}

export async function barsIn(
  engine: Engine,
  filters: readonly string[],
  { start, end, barMs }: Window & { readonly barMs: number },
): Promise<ReadonlyMap<number, CountedSum>> {
  const bar = sql<number>`(report.window_start - cast(${sql.lit(start)} as bigint)) / ${sql.lit(barMs)}`;
  const rows = await reportsOf(engine, filters, { start, end })
    .select([bar.as('bar'), ...COUNTS])
    .select(sql<number>`cast(sum(${eventsIn(engine)}) as bigint)`.as('events'))
    .groupBy(bar)
    .execute();
  return new Map(rows.map(({ bar: place, ...sum }) => [start + Number(place) * barMs, sum]));
}
