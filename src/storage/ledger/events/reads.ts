import { type RawBuilder, sql } from 'kysely';
import type {
  CountWish,
  EventPlace,
  StoredEvent,
  StoredIssue,
  UserCount,
} from '../../../core/ports/events/event-store.ts';
import type { Window } from '../../../core/model/window.ts';
import type { Engine } from '../../database/engine.ts';
import type { EventRow } from '../../database/event-tables.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { safeText, textIn, textOrNull } from '../alerts/safe-text.ts';
import { eventsIn } from './content.ts';
import { chosen } from './count-reads.ts';

/** Events that are read at once. */
const PAGE = 5_000;

type ReadRow = Omit<EventRow, 'stored_at'>;

/** Every event of the projects in the span, by project and time. */
export async function eachEvent(
  engine: Engine,
  projects: readonly string[],
  span: Window,
  take: (events: readonly StoredEvent[]) => void,
): Promise<void> {
  for (const project of projects) {
    let next: Promise<readonly ReadRow[]> | undefined = page(engine, project, span, undefined);
    while (next !== undefined) {
      const rows: readonly ReadRow[] = await next;
      // The database is at the next ones while these are counted.
      next = rows.length < PAGE ? undefined : page(engine, project, span, rows.at(-1));
      next?.catch(() => undefined);
      take(eventsIn(rows));
    }
  }
}

async function page(
  engine: Engine,
  project: string,
  { start, end }: Window,
  last: ReadRow | undefined,
): Promise<readonly ReadRow[]> {
  const rest = last && sql<boolean>`(at > ${last.at} or event > ${last.event})`;
  const query = engine.db
    .selectFrom('sentry_monitor_events')
    .select(['project', 'event', 'issue', 'at', 'environment', 'level', 'person', 'content'])
    .where('project', '=', project)
    .where('at', '>=', last?.at ?? start)
    .where('at', '<', end)
    .orderBy('at')
    .orderBy('event')
    .limit(PAGE);
  return (rest === undefined ? query : query.where(rest)).execute();
}

export async function issuesOf(
  engine: Engine,
  projects: readonly string[],
  ids: readonly string[],
  environments: readonly string[],
): Promise<ReadonlyMap<string, StoredIssue>> {
  const rows = await withGiven(engine, NAMED, named(ids.map(safeText)))
    .selectFrom('given')
    .innerJoin('sentry_monitor_event_issues as known', (join) =>
      join.on('known.project', 'in', projects).onRef('known.issue', '=', 'name'),
    )
    .select(['known.project', 'known.issue', 'title', 'culprit', 'level', 'url', 'last_at'])
    .select(firstIn(environments).as('first'))
    .execute();
  return new Map(
    rows.flatMap(({ project, issue, title, culprit, level, url, last_at: last, first }): [string, StoredIssue][] => {
      if (first === null) return [];
      const texts = { title: textIn(title), culprit: textOrNull(culprit), level: textIn(level) };
      return [[textIn(issue), { issueId: textIn(issue), project, ...texts, url: textOrNull(url), first, last }]];
    }),
  );
}

/** Of an issue `known`; null: it has no event there. */
function firstIn(environments: readonly string[]): RawBuilder<number | null> {
  const isThere =
    environments.length === 0 ? sql`true` : sql`own.environment in (${sql.join(environments.map(safeText))})`;
  return sql<number | null>`(select min(own.first_at) from sentry_monitor_event_firsts as own
    where own.project = known.project and own.issue = known.issue and ${isThere})`;
}

export async function usersOf(
  { db }: Engine,
  wish: CountWish,
  { start, end }: Window,
  above: number | null,
): Promise<UserCount> {
  const events = db
    .selectFrom('sentry_monitor_events')
    .select(({ fn }) => fn.count<number>('person').distinct().as('users'))
    .where('project', 'in', wish.projects)
    .where('at', '>=', start)
    .where('at', '<', end)
    .where(chosen(wish));
  const { users } = await events.executeTakeFirstOrThrow();
  if (above === null) return { users, issues: {} };
  const rows = await events
    .select('issue')
    .groupBy('issue')
    .having(({ fn }) => fn.count('person').distinct(), '>', above)
    .execute();
  return { users, issues: Object.fromEntries(rows.map((row) => [textIn(row.issue), row.users])) };
}

export async function locate({ db }: Engine, projects: readonly string[], eventId: string): Promise<EventPlace | null> {
  const row = await db
    .selectFrom('sentry_monitor_events')
    .select(['project', 'issue'])
    .where('project', 'in', projects)
    .where('event', '=', safeText(eventId))
    .orderBy('project')
    .limit(1)
    .executeTakeFirst();
  return row === undefined ? null : { project: row.project, issueId: textIn(row.issue) };
}
