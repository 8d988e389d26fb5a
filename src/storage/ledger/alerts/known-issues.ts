import { type RawBuilder, sql } from 'kysely';
import type { IssueFacts, WindowFacts } from '../../../core/model/alerting/facts.ts';
import { chunks } from '../../../core/model/chunks.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import { learned } from '../../alerts/learned.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import { safeOrNull, safeText, textIn, textOrNull } from './safe-text.ts';

/** An issue of a filter as a statement is given it. */
interface Given {
  readonly name: string;
  readonly of_filter: string;
  readonly at: number;
  readonly first: number | null;
  readonly in_project: string;
  readonly has_title: string | null;
  readonly has_culprit: string | null;
  readonly has_level: string | null;
  readonly has_url: string;
  readonly has_status: string | null;
  readonly back: number | null;
}
const GIVEN: Columns<Given> = {
  name: 'text',
  of_filter: 'text',
  at: 'bigint',
  first: 'bigint',
  in_project: 'text',
  has_title: 'text',
  has_culprit: 'text',
  has_level: 'text',
  has_url: 'text',
  has_status: 'text',
  back: 'bigint',
};

const COLUMNS = [
  'filter',
  'issue',
  'first_seen',
  'seen_at',
  'project',
  'title',
  'culprit',
  'level',
  'url',
  'status',
  'back_at',
] as const;

/**
 * Writes what windows say of issues, as far as it is new: see `learned`. An issue that says nothing new costs a look,
 * and once a day a write.
 */
export async function learnIssues(engine: Engine, windows: readonly WindowFacts[]): Promise<void> {
  await learnRows(engine, saidBy(windows));
}

/** The same by one statement after the other, each for itself. */
export async function learnInParts(engine: Engine, windows: readonly WindowFacts[]): Promise<void> {
  for (const some of chunks(saidBy(windows), AT_ONCE)) await learnRows(engine, some);
}

/** A statement holds a ledger in a file for some milliseconds. */
const AT_ONCE = 250;

async function learnRows(engine: Engine, rows: readonly Given[]): Promise<void> {
  if (rows.length === 0) return;
  await withGiven(engine, GIVEN, rows)
    .insertInto('sentry_monitor_issues')
    .columns(COLUMNS)
    .expression((query) =>
      query
        .selectFrom('given')
        .leftJoin('sentry_monitor_issues as known', (join) =>
          join.onRef('known.filter', '=', 'of_filter').onRef('known.issue', '=', 'name'),
        )
        .select(['of_filter', 'name', 'first', 'at', 'in_project', 'has_title', 'has_culprit', 'has_level', 'has_url'])
        .select(['has_status', 'back'])
        .where(IS_NEWS)
        .orderBy('of_filter')
        .orderBy('name'),
    )
    .onConflict((conflict) => conflict.columns(['filter', 'issue']).doUpdateSet(MERGED))
    .execute();
}

/** Whether the row would become another one; days count for when it was seen. */
const IS_NEWS = sql<boolean>`(known.issue is null or at >= known.seen_at + ${sql.lit(DAY_MS)}
  or (back is not null and (known.back_at is null or back > known.back_at))
  or (first is not null and (known.first_seen is null or first < known.first_seen))
  or (at >= known.seen_at and (in_project is distinct from known.project or has_url is distinct from known.url
    or coalesce(has_title, known.title) is distinct from known.title
    or coalesce(has_culprit, known.culprit) is distinct from known.culprit
    or coalesce(has_level, known.level) is distinct from known.level
    or coalesce(has_status, known.status) is distinct from known.status))
  or (at < known.seen_at and (coalesce(known.title, has_title) is distinct from known.title
    or coalesce(known.culprit, has_culprit) is distinct from known.culprit
    or coalesce(known.level, has_level) is distinct from known.level)))`;

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

/** One row an issue of a filter: what all windows together say. */
function saidBy(windows: readonly WindowFacts[]): readonly Given[] {
  const byIssue = new Map<string, Given & { readonly issue: IssueFacts }>();
  for (const { filter, window, issues } of windows.toSorted((a, b) => a.window.start - b.window.start))
    for (const said of issues) {
      const key = JSON.stringify([filter, said.id]);
      const before = byIssue.get(key);
      const issue = learned(before?.issue ?? null, said, true);
      const back = said.isBack === true ? window.start : (before?.back ?? null);
      byIssue.set(key, { issue, ...givenOf(filter, window.start, issue), back });
    }
  return [...byIssue.values()].map(({ issue: _issue, ...row }) => row);
}

function givenOf(filter: string, at: number, issue: IssueFacts): Given {
  return {
    name: safeText(issue.id),
    of_filter: filter,
    at,
    first: issue.firstSeen,
    in_project: safeText(issue.project),
    has_title: safeOrNull(issue.title),
    has_culprit: safeOrNull(issue.culprit),
    has_level: safeOrNull(issue.level),
    has_url: safeText(issue.url),
    has_status: issue.status ?? null,
    back: null,
  };
}

/** By filter and issue. */
export type KnownIssues = ReadonlyMap<string, ReadonlyMap<string, IssueFacts>>;

export async function knownIssues(engine: Engine, asked: ReadonlyMap<string, Iterable<string>>): Promise<KnownIssues> {
  const given = [...asked].flatMap(([filter, ids]) =>
    [...new Set(ids)].map((id) => ({ of_filter: filter, name: safeText(id) })),
  );
  if (given.length === 0) return new Map();
  const rows = await withGiven<{ of_filter: string; name: string }>(engine, { of_filter: 'text', name: 'text' }, given)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issues as known', (join) =>
      join.onRef('known.filter', '=', 'of_filter').onRef('known.issue', '=', 'name'),
    )
    .select(['filter', 'issue', 'first_seen', 'project', 'title', 'culprit', 'level', 'url'])
    .execute();
  const byFilter = Map.groupBy(rows, ({ filter }) => filter);
  return new Map(
    [...byFilter].map(([filter, some]) => [filter, new Map(some.map((row) => [textIn(row.issue), issueIn(row)]))]),
  );
}

function issueIn(row: {
  readonly issue: string;
  readonly first_seen: number | null;
  readonly project: string | null;
  readonly title: string | null;
  readonly culprit: string | null;
  readonly level: string | null;
  readonly url: string | null;
}): IssueFacts {
  return {
    id: textIn(row.issue),
    project: textOrNull(row.project) ?? '',
    events: 0,
    users: 0,
    title: textOrNull(row.title),
    culprit: textOrNull(row.culprit),
    level: textOrNull(row.level),
    firstSeen: row.first_seen,
    url: textOrNull(row.url) ?? '',
    isNew: null,
    isBack: null,
    trending: false,
    score: null,
    expected: null,
  };
}
