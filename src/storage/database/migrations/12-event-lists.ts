import { type Kysely, PostgresAdapter, sql } from 'kysely';
import type { Tables } from '../tables.ts';

/**
 * Counts of events become lists, a row for each window or day, environment and level instead of one an issue, and
 * archives of logs are known by their names.
 */
export async function eventLists(db: Kysely<Tables>): Promise<void> {
  await sql`alter table sentry_monitor_event_counts rename to sentry_monitor_event_counts_old`.execute(db);
  await makeLists(db);
  await moveCounts(db);
  await db.schema.dropTable('sentry_monitor_event_counts_old').execute();
  await makeObjects(db);
  // In PostgreSQL a row that changes is written beside the old one: where its page has room, the key stays as it is.
  if (isPostgres(db)) await sql`alter table sentry_monitor_event_issues set (fillfactor = 50)`.execute(db);
}

/** NOTE: PostgreSQL knows keys by their names, and the old table has its own still. */
async function makeLists({ schema }: Kysely<Tables>): Promise<void> {
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
    .addPrimaryKeyConstraint('sentry_monitor_event_lists_key', [
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

/** Ids were kept as JSON escapes them. Rows without an issue said what others come to. */
async function moveCounts(db: Kysely<Tables>): Promise<void> {
  const join = sql.raw(isPostgres(db) ? 'string_agg' : 'group_concat');
  await sql`insert into sentry_monitor_event_counts
    (project, step_ms, start, environment, level, part, events, issues)
    select project, step_ms, start, environment, level, '', sum(events), ${join}('"' || issue || '",' || events, ',')
    from sentry_monitor_event_counts_old where issue != ''
    group by project, step_ms, start, environment, level`.execute(db);
}

async function makeObjects({ schema }: Kysely<Tables>): Promise<void> {
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

function isPostgres(db: Kysely<Tables>): boolean {
  return db.getExecutor().adapter instanceof PostgresAdapter;
}
