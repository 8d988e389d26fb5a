import { sql } from 'kysely';
import type { ErrorEvent } from '../../../core/model/events/event.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import type { EventCountRow } from '../../database/event-tables.ts';
import { allGiven, withGiven } from '../../database/given-rows.ts';
import { safeText } from '../alerts/safe-text.ts';
import { listOf } from './count-lists.ts';

const GIVEN: Columns<EventCountRow> = {
  project: 'text',
  step_ms: 'bigint',
  start: 'bigint',
  environment: 'text',
  level: 'text',
  part: 'text',
  events: 'bigint',
  issues: 'text',
};
const COLUMNS = Object.keys(GIVEN) as (keyof EventCountRow)[];
const KEY = ['project', 'step_ms', 'start', 'environment', 'level', 'part'] as const;

/** Counts events that are stored in the same transaction, each by the window when it happened. */
export async function addCounts(engine: Engine, project: string, events: readonly ErrorEvent[]): Promise<void> {
  await putCounts(engine, countsOf(project, events));
}

/** Adds rows; one that is there already gets more. */
export async function putCounts(engine: Engine, rows: readonly EventCountRow[]): Promise<void> {
  await withGiven(engine, GIVEN, rows)
    .insertInto('sentry_monitor_event_counts')
    .columns(COLUMNS)
    .expression(allGiven(COLUMNS, ['start', 'environment', 'level']))
    .onConflict((conflict) =>
      conflict
        .columns([...KEY])
        .doUpdateSet({
          events: sql<number>`sentry_monitor_event_counts.events + excluded.events`,
          issues: sql<string>`sentry_monitor_event_counts.issues || ',' || excluded.issues`,
        }),
    )
    .execute();
}

/** NOTE: the part is an event's id: another batch has none of these events, so nobody waits for another's row. */
function countsOf(project: string, events: readonly ErrorEvent[]): readonly EventCountRow[] {
  const groups = Map.groupBy(events, ({ at, environment, level }) =>
    JSON.stringify([Math.floor(at / PERIOD_MS), environment, level]),
  );
  return [...groups.values()].map((own) => {
    const { id, at, environment, level } = own[0]!;
    return {
      project,
      step_ms: PERIOD_MS,
      start: Math.floor(at / PERIOD_MS) * PERIOD_MS,
      environment: safeText(environment ?? ''),
      level: safeText(level),
      part: `e:${safeText(id)}`,
      events: own.length,
      issues: listOf(byIssue(own)),
    };
  });
}

function byIssue(events: readonly ErrorEvent[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { issueId } of events) counts.set(issueId, (counts.get(issueId) ?? 0) + 1);
  return counts;
}
