import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Which slots of digests were told to whom, and what they say of issues beyond their counts. */
export async function digests({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_digests')
    .addColumn('digest', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('schedule', 'text', (column) => column.notNull())
    .addColumn('loaded_at', 'bigint', (column) => column.notNull())
    .addColumn('told_to', 'bigint', (column) => column.notNull())
    .addColumn('up_since', 'bigint', (column) => column.notNull())
    .addColumn('looked_at', 'bigint', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_digests_key', ['digest', 'channel'])
    .execute();
  await schema.alterTable('sentry_monitor_issues').addColumn('status', 'text').execute();
  await schema.alterTable('sentry_monitor_issues').addColumn('back_at', 'bigint').execute();
}
