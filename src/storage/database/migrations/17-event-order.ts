import { type Kysely, sql } from 'kysely';
import type { Tables } from '../tables.ts';

/** In which order events were stored, and how far digests of what was stored came. */
export async function eventOrder(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('sentry_monitor_event_order')
    .addColumn('project', 'text', (column) => column.primaryKey())
    .addColumn('stored_at', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('sentry_monitor_events_stored')
    .on('sentry_monitor_events')
    .columns(['project', 'stored_at'])
    .execute();
  await sql`insert into sentry_monitor_event_order (project, stored_at)
    select project, max(stored_at) from sentry_monitor_events group by project`.execute(db);
  await schema.alterTable('sentry_monitor_digests').addColumn('place', 'text').execute();
}
