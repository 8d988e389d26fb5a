import type { IssueRow, Split, Total } from '../../../../core/model/reading.ts';
import { issueUrl } from '../api/links.ts';
import { splitsBy } from '../api/query.ts';
import { compareIds, idIn, numberIn, type Row } from '../api/row.ts';
import type { Table } from '../api/rows.ts';
import type { TableRead } from './read-parts.ts';
import type { Target } from './target.ts';

/**
 * One per project that could be asked for; zeros for those without a row. When the table was not read whole, nothing is
 * known of the latter, and they are left out.
 */
export function totalsOf({ projects }: Target, { rows, gaps }: Table): readonly Total[] {
  const byId = new Map(rows.map((row) => [idIn(row, 'project.id'), row]));
  return projects.flatMap(({ id, slug }): Total[] => {
    const row = byId.get(id);
    if (row === undefined && gaps.length > 0) return [];
    return [
      {
        project: slug,
        projectId: id,
        events: row === undefined ? 0 : numberIn(row, 'count()'),
        users: row === undefined ? 0 : numberIn(row, 'count_unique(user)'),
      },
    ];
  });
}

/** Most events first. Rows of events without an issue are no issues; their events are unattributed. */
export function issuesOf(
  target: Target,
  { rows }: Table,
  { web, client }: Pick<TableRead, 'web' | 'client'>,
): readonly IssueRow[] {
  const place = placeIn(target);
  const issues = rows.flatMap((row): IssueRow[] => {
    const found = place(row);
    if (found === null) return [];
    return [
      {
        ...found,
        url: issueUrl(web, client.org, found.issueId),
        events: numberIn(row, 'count()'),
        users: numberIn(row, 'count_unique(user)'),
      },
    ];
  });
  return issues.sort((a, b) => b.events - a.events || compareIds(a.issueId, b.issueId));
}

export function splitsOf(target: Target, { rows }: Table): readonly Split[] {
  const { tags } = target.ask.filter;
  const fields = splitsBy(tags).fields.slice(2, -1);
  const place = placeIn(target);
  return rows.flatMap((row): Split[] => {
    const found = place(row);
    if (found === null) return [];
    const values = tags.map((tag, index): [string, string] => [tag, textOf(row[fields[index]!])]);
    return [
      {
        ...found,
        tags: Object.fromEntries(values.filter(([, value]) => value !== '')),
        events: numberIn(row, 'count()'),
      },
    ];
  });
}

/** Issue and project of a row; null: it belongs to no issue of these projects. */
function placeIn({ projects }: Target): (row: Row) => Pick<IssueRow, 'issueId' | 'project'> | null {
  const slugs = new Map(projects.map(({ id, slug }) => [id, slug]));
  return (row) => {
    const issueId = idIn(row, 'issue.id');
    const project = slugs.get(idIn(row, 'project.id') ?? '');
    return issueId === null || project === undefined ? null : { issueId, project };
  };
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function sum(counts: readonly { readonly events: number }[]): number {
  return counts.reduce((all, { events }) => all + events, 0);
}
