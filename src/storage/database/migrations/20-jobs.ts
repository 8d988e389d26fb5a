import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** What servers did last of each kind of work beside windows. */
export async function jobs({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_jobs')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('good_at', 'bigint')
    .addColumn('good', 'text')
    .addColumn('failed_at', 'bigint')
    .addColumn('failed', 'text')
    .addPrimaryKeyConstraint('sentry_monitor_jobs_key', ['kind', 'name', 'server'])
    .execute();
}
