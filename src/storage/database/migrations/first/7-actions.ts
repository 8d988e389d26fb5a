import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';

/** What people did, and ways to what they look at. */
export async function actionsOfPeople({ schema }: Kysely<Tables>): Promise<void> {
  await schema
    .createTable('sentry_monitor_actions')
    .addColumn('action_id', 'text', (column) => column.primaryKey())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('action', 'text', (column) => column.notNull())
    .execute();
  const indexes = { at: ['at'], target: ['target', 'kind'] } as const;
  for (const [name, columns] of Object.entries(indexes))
    await schema
      .createIndex(`sentry_monitor_actions_${name}`)
      .on('sentry_monitor_actions')
      .columns([...columns])
      .execute();
  await schema.createIndex('sentry_monitor_tellings_of').on('sentry_monitor_tellings').columns(['alert_id']).execute();
  await schema
    .createIndex('sentry_monitor_tellings_fate')
    .on('sentry_monitor_tellings')
    .columns(['channel', 'fate'])
    .execute();
}
