import { sql } from 'kysely';
import type { IssueFacts, WindowFacts } from '../../../core/model/alerting/facts.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterCount, FilterSpan } from '../../../core/ports/alerting/alert-store.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import { countsIn, spansIn } from './counts.ts';
import { type KnownIssues, knownIssues } from './known-issues.ts';
import { type IssueCount, issuesIn } from './window-text.ts';

interface Given {
  readonly name: string;
  readonly since: number;
  readonly before: number;
  /** Of reports only those of an earlier count than this. */
  readonly below: number;
}
const GIVEN: Columns<Given> = { name: 'text', since: 'bigint', before: 'bigint', below: 'integer' };
/** Any count: the largest number of the column. */
const ANY = 2_147_483_647;

/** As windows were counted last. */
export function factsIn(
  engine: Engine,
  asks: readonly FilterSpan[],
): Promise<ReadonlyMap<string, readonly WindowFacts[]>> {
  return windowsIn(
    engine,
    asks.map(({ filter, from, to }) => ({ name: filter, since: from, before: to, below: ANY })),
  );
}

/** NOTE: a run keeps a report before it decides it, so that the newest report is what is just being decided. */
export function earlierIn(
  engine: Engine,
  asks: readonly FilterCount[],
): Promise<ReadonlyMap<string, readonly WindowFacts[]>> {
  const again = asks.filter(({ revision }) => revision > 0);
  return windowsIn(
    engine,
    again.map(({ filter, at, revision }) => ({ name: filter, since: at, before: at + 1, below: revision })),
  );
}

async function windowsIn(
  engine: Engine,
  given: readonly Given[],
): Promise<ReadonlyMap<string, readonly WindowFacts[]>> {
  if (given.length === 0) return new Map();
  const rows = await factRows(engine, given);
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

type FactRow = Awaited<ReturnType<typeof factRows>>[number];

/** Of the rows of reports only the newest ones before the count that is asked about. */
const IS_LAST_BEFORE = sql<boolean>`not exists (select 1 from sentry_monitor_reports as later
  where later.filter = report.filter and later.window_start = report.window_start
    and later.revision > report.revision and later.revision < given.below)`;

/** Windows with the report of their newest revision, and the gaps of the one that their issues are of. */
function factRows(engine: Engine, given: readonly Given[]) {
  return withGiven(engine, GIVEN, given)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_windows as own', (join) =>
      join
        .onRef('own.filter', '=', 'name')
        .onRef('own.window_start', '>=', 'since')
        .onRef('own.window_start', '<', 'before'),
    )
    .innerJoin('sentry_monitor_reports as report', (join) =>
      join
        .onRef('report.filter', '=', 'own.filter')
        .onRef('report.window_start', '=', 'own.window_start')
        .onRef('report.revision', '<', 'below'),
    )
    .leftJoin('sentry_monitor_reports as first', (join) =>
      join
        .onRef('first.filter', '=', 'own.filter')
        .onRef('first.window_start', '=', 'own.window_start')
        .onRef('first.revision', '=', 'own.revision'),
    )
    .select(['own.filter', 'own.window_start', 'own.revision as of', 'own.issues', 'own.spans'])
    .select(['report.revision', 'report.totals', 'report.gaps', 'first.gaps as own_gaps'])
    .where(IS_LAST_BEFORE)
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
