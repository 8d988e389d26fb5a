import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

type Schema = Kysely<Tables>['schema'];

/**
 * Version 8: events of intakes, each once, and what they come to. Keys begin with project and time: what is written
 * and read together lies together.
 */
export async function events({ schema }: Kysely<Tables>): Promise<void> {
  await makeEvents(schema);
  await makeCounts(schema);
  await makeIssues(schema);
  await makeReaders(schema);
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
    .addColumn('issue', 'text', (column) => column.notNull())
    .addColumn('environment', 'text', (column) => column.notNull())
    .addColumn('level', 'text', (column) => column.notNull())
    .addColumn('events', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('sentry_monitor_event_counts_key', [
      'project',
      'step_ms',
      'start',
      'issue',
      'environment',
      'level',
    ])
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
