import { type RawBuilder, sql } from 'kysely';
import { chunks } from '../../../../core/model/chunks.ts';
import { overlapping } from '../../../../platform/overlapping.ts';
import type { WindowFacts } from '../../../../core/model/alerting/facts.ts';
import type { IssueRow } from '../../../database/alert-tables.ts';
import type { Columns, Engine } from '../../../database/engine.ts';
import { allGiven, inStatements, withGiven } from '../../../database/given-rows.ts';
import { isNews, type Said, saidBy } from './said.ts';

const COLUMNS: Columns<Said> = {
  filter: 'text',
  issue: 'text',
  first_seen: 'bigint',
  seen_at: 'bigint',
  project: 'text',
  title: 'text',
  culprit: 'text',
  level: 'text',
  url: 'text',
  status: 'text',
  back_at: 'bigint',
};
const NAMES = Object.keys(COLUMNS) as (keyof Said)[];

/**
 * Writes what windows say of issues, as far as it is new: see `learned`. An issue that says nothing new costs a look,
 * and once a day a write.
 */
export async function learnIssues(engine: Engine, windows: readonly WindowFacts[]): Promise<void> {
  await write(engine, await newsIn(engine, windows));
}

/** The same by some statements, each for itself. */
export async function learnInParts(engine: Engine, windows: readonly WindowFacts[]): Promise<void> {
  const news = await newsIn(engine, windows);
  if (engine.locksRows) await Promise.all(inStatements(news).map((some) => write(engine, some)));
  else await overlapping(chunks(news, AT_ONCE), (some) => write(engine, some));
}

/** A statement holds a ledger in a file for some milliseconds. */
const AT_ONCE = 500;

/**
 * NOTE: most issues say nothing new, and to compare them here takes a fraction of giving them to a statement. What
 * others write meanwhile is no less true: it is as if they had written later.
 */
async function newsIn(engine: Engine, windows: readonly WindowFacts[]): Promise<readonly Said[]> {
  const said = saidBy(windows);
  const known = await knownOf(engine, said);
  return said.filter((row) => isNews(row, known.get(row.filter)?.get(row.issue)));
}

async function knownOf(
  engine: Engine,
  said: readonly Said[],
): Promise<ReadonlyMap<string, ReadonlyMap<string, IssueRow>>> {
  const found = new Map<string, Map<string, IssueRow>>();
  if (said.length === 0) return found;
  const asked = said.map(({ filter, issue }) => ({ of_filter: filter, name: issue }));
  const rows = await withGiven<(typeof asked)[number]>(engine, { of_filter: 'text', name: 'text' }, asked)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issues as known', (join) =>
      join.onRef('known.filter', '=', 'of_filter').onRef('known.issue', '=', 'name'),
    )
    .select(NAMES)
    .execute();
  for (const row of rows) {
    const own = found.get(row.filter) ?? new Map<string, IssueRow>();
    found.set(row.filter, own.set(row.issue, row));
  }
  return found;
}

async function write(engine: Engine, rows: readonly Said[]): Promise<void> {
  if (rows.length === 0) return;
  await withGiven(engine, COLUMNS, rows)
    .insertInto('sentry_monitor_issues')
    .columns(NAMES)
    .expression(allGiven(NAMES, ['filter', 'issue']))
    .onConflict((conflict) => conflict.columns(['filter', 'issue']).doUpdateSet(MERGED))
    .execute();
}

const MERGED = {
  first_seen: sql<number | null>`case
    when excluded.first_seen is null or sentry_monitor_issues.first_seen < excluded.first_seen
    then sentry_monitor_issues.first_seen else excluded.first_seen end`,
  seen_at: sql<number>`case
    when excluded.seen_at < sentry_monitor_issues.seen_at
    then sentry_monitor_issues.seen_at else excluded.seen_at end`,
  project: newer('project'),
  title: newer('title'),
  culprit: newer('culprit'),
  level: newer('level'),
  url: newer('url'),
  status: newer('status'),
  back_at: sql<number | null>`case
    when excluded.back_at is null or sentry_monitor_issues.back_at > excluded.back_at
    then sentry_monitor_issues.back_at else excluded.back_at end`,
};

function newer(column: string): RawBuilder<string | null> {
  const [said, known] = [sql.ref(`excluded.${column}`), sql.ref(`sentry_monitor_issues.${column}`)];
  return sql<string | null>`case when excluded.seen_at >= sentry_monitor_issues.seen_at
    then coalesce(${said}, ${known}) else coalesce(${known}, ${said}) end`;
}
