import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';

type Schema = Kysely<Tables>['schema'];

/** Version 4: what rules need of the past, what they came to, and what is to be told of it. */
export async function alertsAndOutbox({ schema }: Kysely<Tables>): Promise<void> {
  await makeIssues(schema);
  await makeDecided(schema);
  await makeTellings(schema);
  await makeMessages(schema);
  await makeChannels(schema);
}

async function makeIssues(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_issue_windows')
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('window_start', 'bigint', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('issues', 'text', (column) => column.notNull())
    .addColumn('spans', 'text')
    .addPrimaryKeyConstraint('sentry_monitor_issue_windows_key', ['filter', 'window_start'])
    .execute();
  await schema
    .createTable('sentry_monitor_issue_days')
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('day_start', 'bigint', (column) => column.notNull())
    .addColumn('windows', 'text', (column) => column.notNull())
    .addColumn('sums', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_issue_days_key', ['filter', 'day_start'])
    .execute();
  await schema
    .createTable('sentry_monitor_issues')
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('first_seen', 'bigint')
    .addColumn('seen_at', 'bigint', (column) => column.notNull())
    .addColumn('project', 'text')
    .addColumn('title', 'text')
    .addColumn('culprit', 'text')
    .addColumn('level', 'text')
    .addColumn('url', 'text')
    .addPrimaryKeyConstraint('sentry_monitor_issues_key', ['filter', 'issue'])
    .execute();
}

async function makeDecided(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_rule_heads')
    .addColumn('filter', 'text', (column) => column.primaryKey())
    .addColumn('newest', 'bigint')
    .addColumn('print', 'text')
    .addColumn('loaded_at', 'bigint')
    .execute();
  await schema
    .createTable('sentry_monitor_rule_states')
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('window_start', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_rule_states_key', ['filter', 'window_start'])
    .execute();
  await schema
    .createTable('sentry_monitor_alerts')
    .addColumn('alert_id', 'text', (column) => column.primaryKey())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('since', 'bigint', (column) => column.notNull())
    .addColumn('until_window', 'bigint')
    .addColumn('alert', 'text', (column) => column.notNull())
    .execute();
  await schema
    .createIndex('sentry_monitor_alerts_until')
    .on('sentry_monitor_alerts')
    .columns(['filter', 'until_window'])
    .execute();
  await schema
    .createTable('sentry_monitor_told')
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('told_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_told_key', ['filter', 'rule', 'subject', 'channel'])
    .execute();
}

async function makeTellings(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_tellings')
    .addColumn('telling', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('alert_id', 'text', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('rule', 'text', (column) => column.notNull())
    .addColumn('news', 'text', (column) => column.notNull())
    .addColumn('window_start', 'bigint', (column) => column.notNull())
    .addColumn('decided_at', 'bigint', (column) => column.notNull())
    .addColumn('summary', 'text')
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('alert', 'text', (column) => column.notNull())
    .addColumn('fate', 'text', (column) => column.notNull())
    .addColumn('message_id', 'text')
    .addColumn('reason', 'text')
    .execute();
  const indexes = {
    message: ['message_id', 'fate'],
    alert: ['channel', 'alert_id'],
    window: ['window_start'],
  } as const;
  for (const [name, columns] of Object.entries(indexes))
    await schema
      .createIndex(`sentry_monitor_tellings_${name}`)
      .on('sentry_monitor_tellings')
      .columns([...columns])
      .execute();
}

async function makeMessages(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_messages')
    .addColumn('message_id', 'text', (column) => column.primaryKey())
    .addColumn('channel', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('fate', 'text', (column) => column.notNull())
    .addColumn('next_at', 'bigint')
    .addColumn('posted_at', 'bigint')
    .addColumn('ref', 'text')
    .addColumn('message', 'text', (column) => column.notNull())
    .addColumn('posts', 'text', (column) => column.notNull())
    .execute();
  const indexes = { created: ['created_at'], fate: ['fate', 'channel'] } as const;
  for (const [name, columns] of Object.entries(indexes))
    await schema
      .createIndex(`sentry_monitor_messages_${name}`)
      .on('sentry_monitor_messages')
      .columns([...columns])
      .execute();
}

async function makeChannels(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_channels')
    .addColumn('channel', 'text', (column) => column.primaryKey())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('last_success', 'bigint')
    .addColumn('last_error', 'text')
    .execute();
  await schema
    .createTable('sentry_monitor_mutes')
    .addColumn('mute_id', 'text', (column) => column.primaryKey())
    .addColumn('mute', 'text', (column) => column.notNull())
    .execute();
}
