import { saidIn } from './document-rules.ts';
import { type JiraIssue, type JiraKind, Refused } from './types.ts';

const MINUTE_MS = 60_000;
const CLAUSE = /^(project|labels|updated|text)\s*(=|>=|~)\s*"((?:[^"\\]|\\.)*)"$/;

/** The issues that a query finds among those that are indexed, in its order. Only queries of a few kinds are known. */
export function searchFor(jql: string, all: readonly JiraIssue[], now: number, kind: JiraKind): readonly JiraIssue[] {
  const [, where = '', order = 'created'] = /^(.*?)(?:\s+ORDER BY (created|updated) ASC)?$/s.exec(jql) ?? [];
  if (where.trim() === '' && kind === 'cloud')
    throw new Refused(
      400,
      'Unbounded JQL queries are not allowed here. Please add a search restriction to your query.',
    );
  const clauses = where.split(/\s+AND\s+(?![^(]*\))/).map((clause) => clauseOf(clause.trim(), now));
  return all
    .filter((issue) => issue.indexedAt <= now && clauses.every((holds) => holds(issue)))
    .toSorted((a, b) => (order === 'updated' ? a.updatedAt - b.updatedAt : a.createdAt - b.createdAt));
}

type Holds = (issue: JiraIssue) => boolean;

function clauseOf(clause: string, now: number): Holds {
  const inner = /^\((.*)\)$/s.exec(clause)?.[1];
  if (inner !== undefined) {
    const any = inner.split(/\s+OR\s+/).map((it) => clauseOf(it.trim(), now));
    return (issue) => any.some((holds) => holds(issue));
  }
  const [, field, sign, written = ''] = CLAUSE.exec(clause) ?? [];
  const value = written.replace(/\\(.)/g, '$1');
  if (field === 'project' && sign === '=') return (issue) => issue.project === value;
  if (field === 'labels' && sign === '=') return (issue) => issue.labels.includes(value);
  if (field === 'text' && sign === '~') return (issue) => textOf(issue).includes(value.toLowerCase());
  const minutes = field === 'updated' && sign === '>=' ? /^-(\d{1,9})m$/.exec(value)?.[1] : undefined;
  if (minutes !== undefined) return (issue) => issue.updatedAt >= now - Number(minutes) * MINUTE_MS;
  throw new Refused(400, `Error in the JQL Query: '${clause}'`);
}

function textOf({ summary, description, comments }: JiraIssue): string {
  return [summary, saidIn(description), ...comments.map(({ body }) => saidIn(body))].join(' ').toLowerCase();
}
