import type { IssueFacts, WindowFacts } from '../../../core/model/alerting/facts.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterSpan } from '../../../core/ports/alerting/alert-store.ts';
import type { Engine } from '../../database/engine.ts';
import { countsIn, IS_NEWEST, spansIn } from './counts.ts';
import { type KnownIssues, knownIssues } from './known-issues.ts';
import { withSpans } from './spans.ts';
import { type IssueCount, issuesIn } from './window-text.ts';

export async function factsIn(
  engine: Engine,
  asks: readonly FilterSpan[],
): Promise<ReadonlyMap<string, readonly WindowFacts[]>> {
  return asks.length === 0 ? new Map() : windowsIn(engine, await factRows(engine, asks));
}

/** By filter. */
export async function windowsIn(
  engine: Engine,
  rows: readonly FactRow[],
): Promise<ReadonlyMap<string, readonly WindowFacts[]>> {
  const windows = rows.map((row) => ({ row, issues: issuesIn(row.issues) }));
  const ids = Map.groupBy(windows, ({ row }) => row.filter);
  const known = await knownIssues(
    engine,
    new Map([...ids].map(([filter, some]) => [filter, some.flatMap(({ issues }) => issues.map(({ id }) => id))])),
  );
  return Map.groupBy(
    windows.map(({ row, issues }) => windowIn(row, issues, known)),
    ({ filter }) => filter,
  );
}

export type FactRow = Awaited<ReturnType<typeof factRows>>[number];

/** Windows with the report of their newest revision, and the gaps of the one that their issues are of. */
function factRows(engine: Engine, asks: readonly FilterSpan[]) {
  return withSpans(engine, asks)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_windows as own', (join) =>
      join
        .onRef('own.filter', '=', 'name')
        .onRef('own.window_start', '>=', 'since')
        .onRef('own.window_start', '<', 'before'),
    )
    .innerJoin('sentry_monitor_reports as report', (join) =>
      join.onRef('report.filter', '=', 'own.filter').onRef('report.window_start', '=', 'own.window_start'),
    )
    .leftJoin('sentry_monitor_reports as first', (join) =>
      join
        .onRef('first.filter', '=', 'own.filter')
        .onRef('first.window_start', '=', 'own.window_start')
        .onRef('first.revision', '=', 'own.revision'),
    )
    .select(['own.filter', 'own.window_start', 'own.revision as of', 'own.issues', 'own.spans'])
    .select(['report.revision', 'report.totals', 'report.gaps', 'first.gaps as own_gaps'])
    .where(IS_NEWEST)
    .orderBy('own.filter')
    .orderBy('own.window_start')
    .execute();
}

function windowIn(row: FactRow, counts: readonly IssueCount[], known: KnownIssues): WindowFacts {
  const { filter, window_start: start, revision, spans } = row;
  return {
    filter,
    window: { start, end: start + PERIOD_MS },
    revision,
    ...countsIn(row),
    spans: spansIn(spans),
    issues: counts.map((count) => factsOfIssue(count, known.get(filter)?.get(count.id))),
  };
}

function factsOfIssue({ hasDetails, hasFirstSeen, ...count }: IssueCount, known: IssueFacts | undefined): IssueFacts {
  return {
    ...count,
    title: hasDetails ? (known?.title ?? null) : null,
    culprit: hasDetails ? (known?.culprit ?? null) : null,
    level: hasDetails ? (known?.level ?? null) : null,
    firstSeen: hasFirstSeen ? (known?.firstSeen ?? null) : null,
    url: known?.url ?? '',
  };
}
