import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** What watches answered last, and what came of it. */
export async function watches({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_watches')
    .addColumn('watch', 'text', (column) => column.primaryKey())
    .addColumn('slot', 'bigint', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('good', 'text')
    .addColumn('answer', 'text')
    .addColumn('last', 'text')
    .addColumn('past', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .execute();
}
