import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';

/** Version 5: the last good texts of filters files with rules, for a start at which one has a fault. */
export async function fileTexts({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_file_texts')
    .addColumn('path', 'text', (column) => column.primaryKey())
    .addColumn('content', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .execute();
}
