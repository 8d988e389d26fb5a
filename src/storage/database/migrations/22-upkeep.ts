import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** What one of all servers sees to now and then, and when; and from which copy the tables were restored. */
export async function upkeep({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_upkeep')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('slot', 'bigint', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('again_at', 'bigint')
    .addColumn('state', 'text', (column) => column.notNull())
    .execute();
}
