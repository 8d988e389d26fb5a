import { type Expression, type RawBuilder, sql } from 'kysely';
import type { Window } from '../../../core/model/window.ts';
import type { IssuesAsked, IssueTimes } from '../../../core/ports/events/event-store.ts';
import type { Engine } from '../../database/engine.ts';
import { rowsOf } from '../../database/table.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';

/** Issues that somebody looks for, by their newest event; ten thousand of them without their texts. */
export async function findIssues(
  { db, table }: Engine,
  { projects, since, text, first, limit }: IssuesAsked,
): Promise<readonly IssueTimes[]> {
  const found = await table(
    db
      .selectFrom('sentry_monitor_event_issues as known')
      .select(['known.project', 'known.issue as issueId', 'known.last_at as last'])
      .select((first ? FIRST : NO_FIRST).as('first'))
      .where('known.project', 'in', projects)
      .where('known.last_at', '>=', since)
      .$if(text !== undefined, (query) => query.where(says(text ?? '')))
      .orderBy('known.last_at', 'desc')
      .orderBy('known.project')
      .orderBy('known.issue')
      .limit(limit),
  );
  const rowAt = rowsOf<IssueTimes>(found);
  return Array.from({ length: found.rows }, (_, index) => {
    const row = rowAt(index);
    return { ...row, issueId: textIn(row.issueId) };
  });
}

/** NOTE: what is known of an issue has a first event always; it is kept for longer. */
const FIRST = sql<number | null>`coalesce((select min(own.first_at) from sentry_monitor_event_firsts as own
  where own.project = known.project and own.issue = known.issue), known.last_at)`;
const NO_FIRST = sql<number | null>`null`;

/** NOTE: SQLite makes only the letters of ASCII small, PostgreSQL all. */
function says(text: string): RawBuilder<boolean> {
  const small = [text.toLowerCase(), text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase())];
  const patterns = [...new Set(small)].map((it) => `%${safeText(it).replace(/[%_!]/g, (sign) => `!${sign}`)}%`);
  const columns = ['known.title', 'known.culprit', 'known.issue'].map((name) => sql.ref<string>(name));
  const isIn = (column: Expression<string>, pattern: string): RawBuilder<boolean> =>
    sql<boolean>`lower(${column}) like ${pattern} escape '!'`;
  const all = columns.flatMap((column) => patterns.map((pattern) => isIn(column, pattern)));
  return sql<boolean>`(${sql.join(all, sql` or `)})`;
}

/** NOTE: of few issues their users alone are looked at, of all each: that takes three times as long. */
export async function usersByIssue(
  { db }: Engine,
  project: string,
  ids: readonly string[] | null,
  { start, end }: Window,
): Promise<ReadonlyMap<string, number>> {
  if (ids?.length === 0) return new Map();
  const rows = await db
    .selectFrom('sentry_monitor_events')
    .select('issue')
    .select(({ fn }) => fn.count<number>('person').distinct().as('users'))
    .where('project', '=', project)
    .where('at', '>=', start)
    .where('at', '<', end)
    .where('person', 'is not', null)
    .$if(ids !== null, (query) => query.where('issue', 'in', ids!.map(safeText)))
    .groupBy('issue')
    .execute();
  return new Map(rows.map(({ issue, users }) => [textIn(issue), users]));
}
