import { sql } from 'kysely';
import type { Window } from '../../../core/model/window.ts';
import type { LateCount } from '../../../core/ports/read-model.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { NAMED, named } from '../../database/given-rows.ts';

/** NOTE: a look at each filter by itself, so that the index serves it. */
export async function firsts(engine: Engine, filters: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ readonly name: string; readonly start: number | null }>`
    select given.name, (select min(window_start) from sentry_monitor_reports where filter = given.name) as start
    from ${engine.given(NAMED, named(filters))} as given`.execute(engine.db);
  return new Map(rows.flatMap(({ name, start }): [string, number][] => (start === null ? [] : [[name, start]])));
}

/** NOTE: by the index of it: a page that finds nothing new asks for nothing else. */
export async function recorded({ db }: Engine, since: number): Promise<string> {
  const { rows } = await sql<{ readonly reports: number; readonly newest: number | null; readonly sum: unknown }>`
    select count(*) as reports, max(recorded_at) as newest, sum(recorded_at) as sum
    from sentry_monitor_reports where recorded_at >= cast(${since} as bigint)`.execute(db);
  const { reports, newest, sum } = rows[0]!;
  return `${reports} ${newest} ${String(sum)}`;
}

const SPAN: Columns<Window> = { start: 'bigint', end: 'bigint' };

export async function countedIn(
  engine: Engine,
  filters: readonly string[],
  spans: readonly Window[],
): Promise<readonly Window[]> {
  const { rows } = await sql<Window>`
    select spans.start, spans.${sql.ref('end')} from ${engine.given(SPAN, spans)} as spans where exists (
      select 1 from ${engine.given(NAMED, named(filters))} as given join sentry_monitor_reports r
        on r.filter = given.name and r.window_start >= spans.start and r.window_start < spans.${sql.ref('end')})
    order by spans.start`.execute(engine.db);
  return rows;
}

/** The latest of what was noted of each window; what stayed the same is not late. */
export async function late({ db }: Engine, filter: string, { start, end }: Window): Promise<readonly LateCount[]> {
  const rows = await db
    .selectFrom('sentry_monitor_recounts as counted')
    .select(['window_start', 'first_events', 'events', 'revision'])
    .select(({ exists, selectFrom }) =>
      exists(
        selectFrom('sentry_monitor_reports as report')
          .select('report.report_id')
          .whereRef('report.report_id', '=', 'counted.report_id')
          .where('report.revision', '>', 0),
      ).as('grew'),
    )
    .where('filter', '=', filter)
    .where('window_start', '>=', start)
    .where('window_start', '<', end)
    .orderBy('window_start')
    .orderBy('revision')
    .execute();
  const latest = new Map(rows.map((row) => [row.window_start, row]));
  return [...latest.values()]
    .filter(({ first_events: first, events, grew }) => (events === null ? Boolean(grew) : events !== first))
    .map(({ window_start, first_events, events }) => ({ start: window_start, first: first_events, events }));
}
