import { sql } from 'kysely';
import type { ErrorEvent } from '../../../core/model/events/event.ts';
import { DAY_MS, PERIOD_MS } from '../../../core/model/window.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import type { EventCountRow } from '../../database/event-tables.ts';
import { withGiven } from '../../database/given-rows.ts';
import { safeText } from '../alerts/safe-text.ts';

/** Stands for all issues together. */
export const ALL = '';

const GIVEN: Columns<EventCountRow> = {
  project: 'text',
  step_ms: 'bigint',
  start: 'bigint',
  issue: 'text',
  environment: 'text',
  level: 'text',
  events: 'bigint',
};
const COLUMNS = Object.keys(GIVEN) as (keyof EventCountRow)[];
const KEY = ['project', 'step_ms', 'start', 'issue', 'environment', 'level'] as const;

/** Counts events that are stored in the same transaction, each by the time when it happened. */
export async function addCounts(engine: Engine, project: string, events: readonly ErrorEvent[]): Promise<void> {
  await withGiven(engine, GIVEN, countsOf(project, events))
    .insertInto('sentry_monitor_event_counts')
    .columns(COLUMNS)
    .expression((query) =>
      query
        .selectFrom('given')
        .select(COLUMNS)
        .where(sql<boolean>`true`)
        .orderBy('start')
        .orderBy('step_ms')
        .orderBy('issue')
        .orderBy('environment')
        .orderBy('level'),
    )
    .onConflict((conflict) =>
      conflict
        .columns([...KEY])
        .doUpdateSet({ events: sql<number>`sentry_monitor_event_counts.events + excluded.events` }),
    )
    .execute();
}

/** By window and day of each issue, and by window over all of them. */
function countsOf(project: string, events: readonly ErrorEvent[]): readonly EventCountRow[] {
  const rows = new Map<string, { -readonly [K in keyof EventCountRow]: EventCountRow[K] }>();
  const add = (stepMs: number, issueId: string, { at, environment, level }: ErrorEvent): void => {
    const start = Math.floor(at / stepMs) * stepMs;
    const key = JSON.stringify([stepMs, start, issueId, environment, level]);
    const known = rows.get(key);
    if (known !== undefined) return void known.events++;
    const [issue, place] = [safeText(issueId), safeText(environment ?? '')];
    rows.set(key, { project, step_ms: stepMs, start, issue, environment: place, level: safeText(level), events: 1 });
  };
  for (const event of events) {
    add(PERIOD_MS, event.issueId, event);
    add(PERIOD_MS, ALL, event);
    add(DAY_MS, event.issueId, event);
  }
  return [...rows.values()];
}
