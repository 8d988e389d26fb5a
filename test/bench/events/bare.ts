import { sql } from 'kysely';
import type { ErrorEvent } from '../../../src/core/model/events/event.ts';
import type { Columns, Engine } from '../../../src/storage/database/engine.ts';
import type { EventRow } from '../../../src/storage/database/event-tables.ts';
import { withGiven } from '../../../src/storage/database/given-rows.ts';
import { contentOf } from '../../../src/storage/ledger/events/content.ts';

type Row = Omit<EventRow, 'project' | 'stored_at'>;

const COLUMNS: Columns<Row> = {
  event: 'text',
  issue: 'text',
  at: 'bigint',
  environment: 'text',
  level: 'text',
  person: 'text',
  content: 'text',
};
const NAMES = Object.keys(COLUMNS) as (keyof Row)[];

/**
 * Tables that the same rows are put into and nothing else: `bare` is a heap, which would take an event twice; `keyed`
 * has the keys of the store.
 */
export async function makeBare({ db }: Engine): Promise<void> {
  const own = sql.raw(NAMES.map((name) => `${name} ${COLUMNS[name]}`).join(', '));
  await sql`create table bare (${own})`.execute(db);
  await sql`create table keyed (project text not null, ${own}, stored_at bigint not null, primary key (project, event))`.execute(
    db,
  );
  await sql`create index keyed_at on keyed (project, at)`.execute(db);
}

export async function insertBare(engine: Engine, events: readonly ErrorEvent[]): Promise<void> {
  await engine.db.transaction().execute((db) =>
    withGiven({ ...engine, db }, COLUMNS, events.map(rowOf))
      .insertInto('bare' as 'sentry_monitor_events')
      .columns(NAMES)
      .expression((query) =>
        query
          .selectFrom('given')
          .select(NAMES)
          .where(sql<boolean>`true`),
      )
      .execute(),
  );
}

export async function insertKeyed(engine: Engine, events: readonly ErrorEvent[]): Promise<void> {
  await engine.db.transaction().execute((db) =>
    withGiven({ ...engine, db }, COLUMNS, events.map(rowOf))
      .insertInto('keyed' as 'sentry_monitor_events')
      .columns(['project', 'stored_at', ...NAMES])
      .expression((query) =>
        query
          .selectFrom('given')
          .select([sql<string>`cast('web' as text)`.as('project'), engine.clock().as('stored_at'), ...NAMES])
          .where(sql<boolean>`true`)
          .orderBy('event'),
      )
      .onConflict((conflict) => conflict.columns(['project', 'event']).doNothing())
      .returning('event')
      .execute(),
  );
}

function rowOf(event: ErrorEvent): Row {
  return {
    event: event.id,
    issue: event.issueId,
    at: event.at,
    environment: event.environment ?? '',
    level: event.level,
    person: event.user,
    content: contentOf(event),
  };
}
