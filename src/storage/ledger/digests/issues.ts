import { sql } from 'kysely';
import type { IssueStatus } from '../../../core/model/alerting/facts.ts';
import type { IssueInSpan } from '../../../core/ports/alerting/digest-store.ts';
import { HOUR_MS, type Window } from '../../../core/model/window.ts';
import type { Engine } from '../../database/engine.ts';
import { NAMED, named, withGiven } from '../../database/given-rows.ts';
import { sumsIn } from '../alerts/days.ts';
import { safeText, textIn, textOrNull } from '../alerts/safe-text.ts';
import { eachCount, readIds } from '../alerts/counting/each-count.ts';

interface Sum {
  events: number;
  users: number;
  surged: boolean;
}
type Sums = ReadonlyMap<string, ReadonlyMap<string, Sum>>;

export async function issuesOver(
  engine: Engine,
  filters: readonly string[],
  span: Window,
): Promise<ReadonlyMap<string, readonly IssueInSpan[]>> {
  const sums = await sumsOf(engine, filters, span);
  const known = await knownOf(engine, sums);
  return new Map(
    [...sums].map(([filter, issues]) => [
      filter,
      [...issues].map(([id, sum]) => ({ id, ...sum, ...(known.get(filter)?.get(id) ?? UNKNOWN) })),
    ]),
  );
}

export async function issueCountsIn(
  engine: Engine,
  filters: readonly string[],
  span: Window,
): Promise<ReadonlyMap<string, number>> {
  const sums = await sumsOf(engine, filters, span);
  return new Map([...sums].map(([filter, issues]) => [filter, issues.size]));
}

/** By filter and issue. A filter of which nothing is kept in the span is absent. */
async function sumsOf(engine: Engine, filters: readonly string[], { start, end }: Window): Promise<Sums> {
  const windows = await textsOf(engine, filters, { start, end }).execute();
  const days = await withGiven(engine, NAMED, named(filters))
    .selectFrom('given')
    .innerJoin('sentry_monitor_issue_days as day', (join) =>
      join.onRef('day.filter', '=', 'name').on('day.day_start', '>=', start).on('day.day_start', '<', end),
    )
    .select(['day.filter', 'day.sums'])
    .execute();
  const sums = new Map<string, Map<string, Sum>>();
  const adding = (filter: string) => {
    const own = sums.get(filter) ?? new Map<string, Sum>();
    sums.set(filter, own);
    return (id: string, events: number, users: number, surged: boolean): void => {
      const before = own.get(id);
      if (before === undefined) return void own.set(id, { events, users, surged });
      before.events += events;
      before.users = Math.max(before.users, users);
      before.surged ||= surged;
    };
  };
  for (const { filter, sums: text } of days) {
    const add = adding(filter);
    for (const [id, [events, users]] of sumsIn(text)) add(id, events, users, false);
  }
  const ids = readIds();
  for (const { name, texts } of windows) if (texts !== null) eachCount(texts, ids, adding(name));
  return sums;
}

interface Hour {
  readonly name: string;
  readonly since: number;
  readonly before: number;
}

/** The issues of each hour's windows as one text: ten thousands of rows would take longer to hand over than to find. */
function textsOf(engine: Engine, filters: readonly string[], { start, end }: Window) {
  const starts = Array.from({ length: Math.ceil((end - start) / HOUR_MS) }, (_, hour) => start + hour * HOUR_MS);
  const hours = filters.flatMap((name) =>
    starts.map((since): Hour => ({ name, since, before: Math.min(since + HOUR_MS, end) })),
  );
  return withGiven<Hour>(engine, { name: 'text', since: 'bigint', before: 'bigint' }, hours)
    .selectFrom('given')
    .select('name')
    .select(({ selectFrom }) =>
      selectFrom('sentry_monitor_issue_windows as own')
        .select(engine.joined(sql.ref('own.issues')).as('texts'))
        .whereRef('own.filter', '=', 'name')
        .whereRef('own.window_start', '>=', 'since')
        .whereRef('own.window_start', '<', 'before')
        .as('texts'),
    );
}

type Known = Omit<IssueInSpan, 'id' | 'events' | 'users' | 'surged'>;

const UNKNOWN: Known = {
  project: null,
  title: null,
  level: null,
  url: null,
  firstSeen: null,
  backAt: null,
  status: null,
};

async function knownOf(engine: Engine, sums: Sums): Promise<ReadonlyMap<string, ReadonlyMap<string, Known>>> {
  const given = [...sums].flatMap(([filter, issues]) =>
    [...issues.keys()].map((id) => ({ of_filter: filter, name: safeText(id) })),
  );
  if (given.length === 0) return new Map();
  const rows = await withGiven<{ of_filter: string; name: string }>(engine, { of_filter: 'text', name: 'text' }, given)
    .selectFrom('given')
    .innerJoin('sentry_monitor_issues as known', (join) =>
      join.onRef('known.filter', '=', 'of_filter').onRef('known.issue', '=', 'name'),
    )
    .select(['filter', 'issue', 'first_seen', 'project', 'title', 'level', 'url', 'status', 'back_at'])
    .execute();
  const found = new Map<string, Map<string, Known>>();
  for (const row of rows) {
    const own = found.get(row.filter) ?? new Map<string, Known>();
    found.set(row.filter, own);
    own.set(textIn(row.issue), {
      project: textOrNull(row.project),
      title: textOrNull(row.title),
      level: textOrNull(row.level),
      url: textOrNull(row.url),
      firstSeen: row.first_seen,
      backAt: row.back_at,
      status: row.status as IssueStatus | null,
    });
  }
  return found;
}
