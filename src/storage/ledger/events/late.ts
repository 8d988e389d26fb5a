import { sql } from 'kysely';
import type { FilterAt } from '../../../core/ports/alerting/alert-store.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import type { HeldAgain, LateWish } from '../../../core/ports/events/event-store.ts';
import type { Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';

interface Given {
  readonly name: string;
  readonly of_project: string;
}

/**
 * Windows of filters that hold more events than they did when they were counted last. NOTE: compared are numbers of
 * events, which only grow, and no clocks: a batch may be committed while a window is being read.
 */
export async function lateWindows(
  engine: Engine,
  wishes: readonly LateWish[],
  from: number,
): Promise<readonly FilterAt[]> {
  const pairs = wishes.flatMap(({ filter, projects }) =>
    projects.map((project): Given => ({ name: filter, of_project: project })),
  );
  const rows = await withGiven<Given>(engine, { name: 'text', of_project: 'text' }, pairs)
    .with('present', (db) =>
      db
        .selectFrom('given')
        .innerJoin('sentry_monitor_event_counts as own', 'own.project', 'of_project')
        .where('own.step_ms', '=', PERIOD_MS)
        .where('own.start', '>=', from)
        .select(['name', 'own.start as at', sql<number>`cast(sum(own.events) as bigint)`.as('events')])
        .groupBy(['name', 'own.start']),
    )
    .selectFrom('present')
    .innerJoin('sentry_monitor_reports as report', (join) =>
      join.onRef('report.filter', '=', 'name').onRef('report.window_start', '=', 'at'),
    )
    .where('report.held', 'is not', null)
    .select(['name', 'at'])
    .groupBy(['name', 'at', 'present.events'])
    .having(({ fn, ref }) => sql<boolean>`${ref('present.events')} > ${fn.max('report.held')}`)
    .orderBy('at')
    .orderBy('name')
    .execute();
  return rows.map(({ name, at }) => ({ filter: name, at }));
}

export async function noteHeld(engine: Engine, again: readonly HeldAgain[]): Promise<void> {
  const rows = again.map(({ reportId, held }) => ({ name: reportId, now_held: held }));
  await withGiven(engine, { name: 'text', now_held: 'bigint' }, rows)
    .updateTable('sentry_monitor_reports')
    .from('given')
    .set(({ ref }) => ({ held: ref('now_held') }))
    .whereRef('report_id', '=', 'name')
    .whereRef('held', '<', 'now_held')
    .execute();
}
