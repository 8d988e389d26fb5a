import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';

/**
 * Version 3: counts by hour, added up from the reports by whoever knows of them; and what a report says by tags. Older
 * programs keep reports as before: what they record is added up later.
 */
export async function countsByHour(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('sentry_monitor_hours')
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('hour_start', 'bigint', (column) => column.notNull())
    .addColumn('windows', 'integer', (column) => column.notNull())
    .addColumn('complete', 'integer', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_hours_key', ['filter', 'hour_start'])
    .execute();
  await schema
    .createTable('sentry_monitor_progress')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .execute();
  await db.insertInto('sentry_monitor_progress').values({ name: 'hours', recorded_at: 0 }).execute();
  await schema.alterTable('sentry_monitor_reports').addColumn('splits', 'text').execute();
}
