import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Up to when reminders were told. */
export async function reminders({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_reminders')
    .addColumn('reminder', 'text', (column) => column.primaryKey())
    .addColumn('loaded_at', 'bigint', (column) => column.notNull())
    .addColumn('told_to', 'bigint', (column) => column.notNull())
    .execute();
}
