import type { Kysely } from 'kysely';
import type { Tables } from '../../tables.ts';

type Schema = Kysely<Tables>['schema'];

/** Version 1. */
export async function claimsReportsRuns({ schema }: Kysely<Tables>): Promise<void> {
  await makeClaims(schema);
  await makeReports(schema);
  await makeRecounts(schema);
  await makeRuns(schema);
}

async function makeClaims(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_claims')
    .addColumn('claim', 'text', (column) => column.primaryKey())
    .addColumn('report_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('sink', 'text', (column) => column.notNull())
    .addColumn('created_at', 'bigint', (column) => column.notNull())
    .addColumn('token', 'text', (column) => column.notNull())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('lease_until', 'bigint', (column) => column.notNull())
    .addColumn('done', 'integer', (column) => column.notNull())
    .addColumn('receipt', 'text')
    .addColumn('delivered', 'text')
    .addColumn('items', 'text')
    .addColumn('filter', 'text')
    .addColumn('window_start', 'bigint')
    .execute();
  await schema
    .createIndex('sentry_monitor_claims_series')
    .on('sentry_monitor_claims')
    .columns(['filter', 'sink', 'window_start'])
    .execute();
  await schema.createIndex('sentry_monitor_claims_created').on('sentry_monitor_claims').column('created_at').execute();
}

async function makeReports(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_reports')
    .addColumn('report_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('window_start', 'bigint', (column) => column.notNull())
    .addColumn('window_end', 'bigint', (column) => column.notNull())
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .addColumn('org', 'text', (column) => column.notNull())
    .addColumn('source', 'text', (column) => column.notNull())
    .addColumn('complete', 'integer', (column) => column.notNull())
    .addColumn('unattributed', 'bigint', (column) => column.notNull())
    .addColumn('url', 'text')
    .addColumn('gaps', 'text', (column) => column.notNull())
    .addColumn('warnings', 'text', (column) => column.notNull())
    .addColumn('totals', 'text', (column) => column.notNull())
    .addColumn('issues', 'text')
    .addColumn('definition', 'text')
    .addPrimaryKeyConstraint('sentry_monitor_reports_key', ['report_id', 'revision'])
    .execute();
  await schema
    .createIndex('sentry_monitor_reports_series')
    .on('sentry_monitor_reports')
    .columns(['filter', 'window_start'])
    .execute();
  await schema
    .createIndex('sentry_monitor_reports_recorded')
    .on('sentry_monitor_reports')
    .column('recorded_at')
    .execute();
}

async function makeRecounts(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_recounts')
    .addColumn('report_id', 'text', (column) => column.notNull())
    .addColumn('revision', 'integer', (column) => column.notNull())
    .addColumn('filter', 'text', (column) => column.notNull())
    .addColumn('window_start', 'bigint', (column) => column.notNull())
    .addColumn('recorded_at', 'bigint', (column) => column.notNull())
    .addColumn('first_events', 'bigint')
    .addColumn('events', 'bigint')
    .addPrimaryKeyConstraint('sentry_monitor_recounts_key', ['report_id', 'revision'])
    .execute();
  await schema
    .createIndex('sentry_monitor_recounts_series')
    .on('sentry_monitor_recounts')
    .columns(['filter', 'window_start'])
    .execute();
}

async function makeRuns(schema: Schema): Promise<void> {
  await schema
    .createTable('sentry_monitor_runs')
    .addColumn('run_id', 'text', (column) => column.primaryKey())
    .addColumn('server', 'text', (column) => column.notNull())
    .addColumn('window_start', 'bigint', (column) => column.notNull())
    .addColumn('started_at', 'bigint', (column) => column.notNull())
    .addColumn('ended_at', 'bigint')
    .addColumn('outcome', 'text')
    .addColumn('source_requests', 'integer')
    .addColumn('sink_requests', 'integer')
    .addColumn('reports', 'integer', (column) => column.notNull())
    .execute();
  await schema.createIndex('sentry_monitor_runs_started').on('sentry_monitor_runs').column('started_at').execute();
}
