import type { IssueRow, Split, Total } from '../../../../core/model/reading.ts';
import { cutText } from '../../../../platform/cut-text.ts';
import { issueUrl } from '../api/links.ts';
import { tagField } from '../api/query.ts';
import { compareIds } from '../../../../core/model/counting/rows.ts';
import { idIn, numberIn, type Row } from '../api/row.ts';
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
  const place = placeIn(target);
  const splits = new Map<string, Split>();
  for (const row of rows) {
    const found = place(row);
    if (found === null) continue;
    const values = tags.map((tag): [string, string] => [tag, cutText(textOf(row[tagField(tag)]))]);
    // Two lists may read the same.
    const key = JSON.stringify([found.issueId, ...values]);
    const events = numberIn(row, 'count()') + (splits.get(key)?.events ?? 0);
    splits.set(key, { ...found, tags: Object.fromEntries(values.filter(([, value]) => value !== '')), events });
  }
  return [...splits.values()];
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

/** A list (the types of a chain of exceptions, the files of a stack) is one value. */
function textOf(value: unknown): string {
  if (Array.isArray(value))
    return value
      .map(textOf)
      .filter((text) => text !== '')
      .join(', ');
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

export function sum(counts: readonly { readonly events: number }[]): number {
  return counts.reduce((all, { events }) => all + events, 0);
}
