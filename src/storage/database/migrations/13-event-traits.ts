import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** What issues are compared by. NOTE: not beside their newest events, whose texts would have to be passed over. */
export async function eventTraits({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_event_traits')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('noise', 'text', (column) => column.notNull())
    .addColumn('words', 'text', (column) => column.notNull())
    .addColumn('grouping', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_traits_key', ['project', 'issue'])
    .execute();
}
