import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** How long something took, as logs tell it, and remarks on what was read of them. */
export async function eventTimings({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_event_timings')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('start', 'bigint', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_timings_key', ['project', 'start', 'name', 'part'])
    .execute();
  await schema
    .alterTable('sentry_monitor_event_reject_hours')
    .addColumn('notes', 'bigint', (column) => column.notNull().defaultTo(0))
    .execute();
}
