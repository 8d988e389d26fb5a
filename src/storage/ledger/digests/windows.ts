import { sql } from 'kysely';
import type { CountedSum, CountedWindow } from '../../../core/ports/alerting/digest-store.ts';
import type { Window } from '../../../core/model/window.ts';
import { ALERTS } from '../../../core/ports/alerting/decider.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named, withGiven } from '../../database/given-rows.ts';

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

/** Numbers that are read of a report: its window from the span's start on, ms, revision, complete, silent, events. */
const WIDTH = 5;

/** The oldest first. A filter of which nothing is kept is absent. */
export async function windowsIn(
  engine: Engine,
  filters: readonly string[],
  span: Window,
): Promise<ReadonlyMap<string, readonly CountedWindow[]>> {
  const rows = await withGiven(engine, NAMED, named(filters))
    .selectFrom('given')
    .select('name')
    .select(numbersOf(engine, span).as('numbers'))
    .execute();
  return new Map(
    rows.flatMap(({ name, numbers }) => (numbers === null ? [] : [[name, newestIn(numbers, span.start)]])),
  );
}

/**
 * Of all reports of a filter, as one text: ten thousands of rows would take longer to hand over than to find. NOTE: one
 * filter after the other, because PostgreSQL else reads the reports of all that there are.
 */
function numbersOf(engine: Engine, { start, end }: Window) {
  const at = sql`report.window_start - cast(${start} as bigint)`;
  const silent = sql`case when report.gaps like '%"source_silent"%' then 1 else 0 end`;
  const numbers = [at, sql`report.revision`, sql`report.complete`, silent, eventsIn(engine)];
  const text = sql<string>`${sql.join(
    numbers.map((number) => sql`(${number})`),
    sql` || ',' || `,
  )}`;
  return sql<string | null>`(select ${engine.joined(text)} from sentry_monitor_reports as report
    where report.filter = name and report.window_start >= ${start} and report.window_start < ${end})`;
}

/** NOTE: which report is the newest, and their order, is found here: hardly any window has two, and they are sorted. */
function newestIn(text: string, start: number): readonly CountedWindow[] {
  const numbers = JSON.parse(`[${text}]`) as readonly number[];
  const reports = Array.from({ length: numbers.length / WIDTH }, (_, index) => index * WIDTH);
  reports.sort((a, b) => numbers[a]! - numbers[b]! || numbers[a + 1]! - numbers[b + 1]!);
  return reports
    .filter((report, index) => numbers[reports[index + 1]!] !== numbers[report])
    .map((report) => ({
      start: start + numbers[report]!,
      events: numbers[report + 4]!,
      complete: numbers[report + 2] === 1,
      silent: numbers[report + 3] === 1,
    }));
}

/** Of their newest reports, taken together. */
export async function sumsIn(
  engine: Engine,
  filters: readonly string[],
  span: Window,
): Promise<ReadonlyMap<string, CountedSum>> {
  const found = await windowsIn(engine, filters, span);
  return new Map([...found].map(([filter, windows]) => [filter, sumOf(windows)]));
}

function sumOf(windows: readonly CountedWindow[]): CountedSum {
  let [complete, events] = [0, 0];
  for (const window of windows) {
    complete += window.complete ? 1 : 0;
    events += window.events;
  }
  return { windows: windows.length, complete, events };
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
    .select([
      bar.as('bar'),
      sql<number>`cast(count(*) as integer)`.as('windows'),
      sql<number>`cast(sum(report.complete) as integer)`.as('complete'),
    ])
    .select(sql<number>`cast(sum(${eventsIn(engine)}) as bigint)`.as('events'))
    .groupBy(bar)
    .execute();
  return new Map(rows.map(({ bar: place, ...sum }) => [start + Number(place) * barMs, sum]));
}
