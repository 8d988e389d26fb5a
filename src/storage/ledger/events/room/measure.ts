import { type RawBuilder, sql } from 'kysely';
import type { Engine } from '../../../database/engine.ts';
import type { Tables } from '../../../database/tables.ts';

/** What a row takes besides its texts, with its keys, bytes. */
const HEAD = { sqlite: 100, postgres: 200 };
/** Rows of each project whose texts are looked at. */
const SAMPLE = 500;

/** A table that has much of it, and the texts of its rows. */
interface Weighed {
  readonly table: keyof Tables;
  /** Of which the key has those that are named twice. */
  readonly texts: readonly string[];
  readonly order: string;
}

const TABLES: readonly Weighed[] = [
  {
    table: 'sentry_monitor_events',
    texts: ['project', 'project', 'project', 'event', 'event', 'issue', 'environment', 'level', 'person', 'content'],
    order: 'at',
  },
  {
    table: 'sentry_monitor_event_counts',
    texts: ['project', 'project', 'environment', 'environment', 'level', 'level', 'part', 'part', 'issues'],
    order: 'start',
  },
  {
    table: 'sentry_monitor_event_issues',
    texts: ['project', 'project', 'issue', 'issue', 'title', 'culprit', 'level', 'url', 'newest'],
    order: 'issue',
  },
  {
    table: 'sentry_monitor_event_firsts',
    texts: ['project', 'project', 'issue', 'issue', 'environment', 'environment', 'sample'],
    order: 'issue',
  },
];

/**
 * What events and what is known of their issues take, bytes: rows are counted, and weighed by some of them. NOTE: how
 * large the tables are is something else: what was forgotten leaves room in them, which is filled again.
 */
export async function measureEvents(engine: Engine): Promise<number> {
  let sum = 0;
  for (const weighed of TABLES)
    for (const { project, rows } of await rowsOf(engine, weighed.table))
      sum += rows * ((await weightOf(engine, project, weighed)) + (engine.locksRows ? HEAD.postgres : HEAD.sqlite));
  return Math.round(sum);
}

async function rowsOf({ db }: Engine, table: keyof Tables) {
  const { rows } = await sql<{ project: string; rows: number }>`
    select project, count(*) as rows from ${sql.table(table)} group by project`.execute(db);
  return rows;
}

/** Of the texts of a row, the newest ones' mean. */
async function weightOf({ db }: Engine, project: string, { table, texts, order }: Weighed): Promise<number> {
  const sizes = texts.map((name): RawBuilder<unknown> => sql`coalesce(octet_length(${sql.ref(name)}), 0)`);
  const { rows } = await sql<{ mean: number | null }>`
    select cast(avg(size) as double precision) as mean from (select ${sql.join(sizes, sql` + `)} as size
    from ${sql.table(table)} where project = ${project}
    order by ${sql.ref(order)} desc limit ${sql.lit(SAMPLE)}) as sampled
    `.execute(db);
  return rows[0]!.mean ?? 0;
}
