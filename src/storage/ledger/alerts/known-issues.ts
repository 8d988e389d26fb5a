import type { IssueFacts, IssueStatus } from '../../../core/model/alerting/facts.ts';
import type { Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import { safeText, textIn, textOrNull } from './safe-text.ts';

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
    .select(['filter', 'issue', 'first_seen', 'project', 'title', 'culprit', 'level', 'url', 'status', 'back_at'])
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
  readonly status: string | null;
  readonly back_at: number | null;
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
    ...(row.status === null ? {} : { status: row.status as IssueStatus }),
    ...(row.back_at === null ? {} : { backAt: row.back_at }),
  };
}
