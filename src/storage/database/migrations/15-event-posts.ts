import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Version 15: since when an intake looks, what it missed, and which signed posts came. */
export async function eventPosts({ schema }: Kysely<Tables>): Promise<void> {
  await schema.alterTable('sentry_monitor_event_cursors').addColumn('since', 'bigint').execute();
  await schema.alterTable('sentry_monitor_event_cursors').addColumn('missing', 'text').execute();
  await schema
    .createTable('sentry_monitor_event_posts')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('post', 'text', (column) => column.notNull())
    .addColumn('until_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_posts_key', ['project', 'post'])
    .execute();
}
