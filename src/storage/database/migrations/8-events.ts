import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Tables } from '../tables.ts';

type Schema = Kysely<Tables>['schema'];

/**
 * Version 8: events of intakes, each once, and what they come to. Keys begin with project and time: what is written
 * and read together lies together.
 */
export async function events(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await makeEvents(schema);
  await makeCounts(schema);
  await makeIssues(schema);
  await leaveRoom(db);
  await makeReaders(schema);
  await makeObjects(schema);
  await schema.alterTable('sentry_monitor_reports').addColumn('held', 'bigint').execute();
}

async function makeEvents(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_events')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('event', 'text', (column) => column.notNull())
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('stored_at', 'bigint', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('person', 'text')
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_events_key', ['project', 'event'])
    .execute();
  await schema.createIndex('sentry_monitor_events_at').on('sentry_monitor_events').columns(['project', 'at']).execute();
}

async function makeCounts(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_event_counts')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('step_ms', 'integer', (column) => column.notNull())
    .addColumn('start', 'bigint', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('part', 'text', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addColumn('issues', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_counts_key', [
      'project',
      'step_ms',
      'start',
      'environment',
      'level',
      'part',
    ])
    .execute();
  await schema
    .createIndex('sentry_monitor_event_counts_parts')
    .on('sentry_monitor_event_counts')
    .columns(['project', 'start'])
    .where(sql<boolean>`part != ''`)
    .execute();
}

async function makeIssues(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_event_issues')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('last_at', 'bigint', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('culprit', 'text')
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('url', 'text')
    .addColumn('newest', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_issues_key', ['project', 'issue'])
    .execute();
  await schema
    .createTable('sentry_monitor_event_firsts')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('first_at', 'bigint', (column) => column.notNull())
    .addColumn('sample', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_firsts_key', ['project', 'issue', 'environment'])
    .execute();
}

/** In PostgreSQL a row that changes is written beside the old one: where its page has room, the key stays as it is. */
async function leaveRoom(db: Kysely<Tables>): Promise<void> {
  if (db.getExecutor().adapter instanceof PostgresAdapter)
    await sql`alter table sentry_monitor_event_issues set (fillfactor = 50)`.execute(db);
}

async function makeReaders(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_event_cursors')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('reader', 'text', (column) => column.notNull())
    .addColumn('position', 'text')
    .addColumn('watermark', 'bigint')
    .addColumn('moved_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_cursors_key', ['project', 'reader'])
    .execute();
  await schema
    .createTable('sentry_monitor_event_rejects')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('hour_start', 'bigint', (column) => column.notNull())
    .addColumn('reject', 'text', (column) => column.notNull())
    .addColumn('at', 'bigint', (column) => column.notNull())
    .addColumn('content', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_rejects_key', ['project', 'reject'])
    .execute();
  await schema
    .createIndex('sentry_monitor_event_rejects_hour')
    .on('sentry_monitor_event_rejects')
    .columns(['project', 'hour_start'])
    .execute();
  await schema
    .createTable('sentry_monitor_event_reject_hours')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('hour_start', 'bigint', (column) => column.notNull())
    .addColumn('rejects', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_reject_hours_key', ['project', 'hour_start'])
    .execute();
}

async function makeObjects(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_event_objects')
    .addColumn('project', 'text', (column) => column.notNull())
    .addColumn('object', 'text', (column) => column.notNull())
    .addColumn('status', 'text', (column) => column.notNull())
    .addColumn('tries', 'integer', (column) => column.notNull())
    .addColumn('next_at', 'bigint', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('state', 'text')
    .addColumn('why', 'text')
    .addColumn('moved_at', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_objects_key', ['project', 'object'])
    .execute();
}
