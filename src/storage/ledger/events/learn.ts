import type { ErrorEvent } from '../../../core/model/events/event.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import type { EventFirstRow, EventIssueRow } from '../../database/event-tables.ts';
import { allGiven, withGiven } from '../../database/given-rows.ts';
import { safeOrNull, safeText } from '../alerts/safe-text.ts';
import { formerFirsts } from './traits/former.ts';
import { sampleOf } from './samples.ts';

/**
 * When issues happened first, as far as this process knows: never earlier than the tables say, so that what is not
 * earlier than this is no news. It forgets when it is full.
 */
export type Firsts = Map<string, number>;

const MOST_FIRSTS = 50_000;

/** Learns of issues what events say that are stored in the same transaction. */
export async function learn(
  engine: Engine,
  project: string,
  events: readonly ErrorEvent[],
  firsts: Firsts,
): Promise<void> {
  await putIssues(engine, project, events);
  await putFirsts(engine, project, events, firsts);
}

const ISSUE: Columns<EventIssueRow> = {
  project: 'text',
  issue: 'text',
  last_at: 'bigint',
  title: 'text',
  culprit: 'text',
  level: 'text',
  url: 'text',
  newest: 'text',
};
const ISSUE_COLUMNS = Object.keys(ISSUE) as (keyof EventIssueRow)[];

/** By each issue's newest event. */
async function putIssues(engine: Engine, project: string, events: readonly ErrorEvent[]): Promise<void> {
  const rows = [...Map.groupBy(events, ({ issueId }) => issueId).values()].map((own) =>
    issueRow(
      project,
      own.reduce((one, other) => (other.at >= one.at ? other : one)),
    ),
  );
  await withGiven(engine, ISSUE, rows)
    .insertInto('sentry_monitor_event_issues')
    .columns(ISSUE_COLUMNS)
    .expression(allGiven(ISSUE_COLUMNS, ['issue']))
    .onConflict((conflict) =>
      conflict
        .columns(['project', 'issue'])
        .doUpdateSet(({ ref }) => ({
          last_at: ref('excluded.last_at'),
          title: ref('excluded.title'),
          culprit: ref('excluded.culprit'),
          level: ref('excluded.level'),
          url: ref('excluded.url'),
          newest: ref('excluded.newest'),
        }))
        .whereRef('excluded.last_at', '>=', 'sentry_monitor_event_issues.last_at'),
    )
    .execute();
}

function issueRow(project: string, newest: ErrorEvent): EventIssueRow {
  return {
    project,
    issue: safeText(newest.issueId),
    last_at: newest.at,
    title: safeText(newest.title),
    culprit: safeOrNull(newest.culprit),
    level: safeText(newest.level),
    url: safeOrNull(newest.url),
    newest: sampleOf(newest),
  };
}

const FIRST: Columns<EventFirstRow> = {
  project: 'text',
  issue: 'text',
  environment: 'text',
  first_at: 'bigint',
  sample: 'text',
};
const FIRST_COLUMNS = Object.keys(FIRST) as (keyof EventFirstRow)[];

async function putFirsts(
  engine: Engine,
  project: string,
  events: readonly ErrorEvent[],
  firsts: Firsts,
): Promise<void> {
  const news = firstsIn(project, events, firsts);
  if (news.size === 0) return;
  const before = await formerFirsts(engine, project, [...news.values()]);
  const rows = [...news.values()].map((event) => earlier(firstRow(project, event), before.get(event)));
  await withGiven(engine, FIRST, rows)
    .insertInto('sentry_monitor_event_firsts')
    .columns(FIRST_COLUMNS)
    .expression(allGiven(FIRST_COLUMNS, ['issue', 'environment']))
    .onConflict((conflict) =>
      conflict
        .columns(['project', 'issue', 'environment'])
        .doUpdateSet(({ ref }) => ({ first_at: ref('excluded.first_at'), sample: ref('excluded.sample') }))
        .whereRef('excluded.first_at', '<', 'sentry_monitor_event_firsts.first_at'),
    )
    .execute();
}

function earlier(row: EventFirstRow, former: EventFirstRow | undefined): EventFirstRow {
  if (former === undefined || former.first_at >= row.first_at) return row;
  return { ...row, first_at: former.first_at, sample: former.sample || row.sample };
}

/** By issue and environment, those that may be earlier than all before. */
function firstsIn(project: string, events: readonly ErrorEvent[], firsts: Firsts): ReadonlyMap<string, ErrorEvent> {
  const news = new Map<string, ErrorEvent>();
  for (const event of events) {
    const key = keyOf(project, event);
    if (event.at < (news.get(key)?.at ?? firsts.get(key) ?? Infinity)) news.set(key, event);
  }
  return news;
}

/** Once they are stored. */
export function remember(project: string, events: readonly ErrorEvent[], firsts: Firsts): void {
  for (const [key, { at }] of firstsIn(project, events, firsts)) {
    if (firsts.size >= MOST_FIRSTS) firsts.clear();
    firsts.set(key, at);
  }
}

function keyOf(project: string, { issueId, environment }: ErrorEvent): string {
  return JSON.stringify([project, issueId, environment]);
}

function firstRow(project: string, first: ErrorEvent): EventFirstRow {
  return {
    project,
    issue: safeText(first.issueId),
    environment: safeText(first.environment ?? ''),
    first_at: first.at,
    sample: sampleOf(first),
  };
}
