import type { Scope } from '../../core/ports.ts';
import type { Ask, Filter, Gap, GapPart, IssueRow, Reading, Split, Total } from '../../core/types.ts';
import { faultOf } from '../../core/errors.ts';
import { CANDIDATES } from '../../core/report.ts';
import type { DetailsBatch, Found } from './details.ts';
import { compareIds } from './ids.ts';
import { issueUrl, searchUrl } from './links.ts';
import { ROWS, sentryTime, splitsBy, TOTALS, type Selection } from './query.ts';
import { idIn, NO_TABLE, numberIn, readTable, type Row, type Table } from './table.ts';
import { findView, type Parts, type ReaderOptions, type View } from './view.ts';

/** The totals have the whole run's time; the rest ends earlier, so that totals are delivered whatever else hangs. */
export interface Scopes {
  readonly totals: Scope;
  readonly rest: Scope;
}

/** More projects than a filter can name in one request. */
const MAX_TOTALS = 10_000;
const NO_DETAILS: Found = { details: new Map(), gaps: [] };

/** One filter's window. Rejects when the totals cannot be had; whatever else is missing is a gap. */
export async function readFilter(ask: Ask, options: ReaderOptions, details: DetailsBatch, scopes: Scopes): Promise<Reading> {
  let isAsked = false;
  try {
    const view = await findView(ask, options, scopes.totals, (it) => readParts(ask, it, options, scopes));
    const { selection, parts } = view;
    const slugs = new Map(view.projects.map(({ id, slug }) => [id, slug]));
    const totals = totalsOf(view, parts.totals.rows);
    const issues = issuesOf(parts.rows, slugs, options);
    isAsked = true;
    const issueIds = issues.map((row) => row.issueId);
    const [found, past] = await Promise.all([
      ask.want === 'full' && issueIds.length > 0 ? details.want({ issueIds, projectIds: selection.projectIds }) : skip(details),
      options.baselines.read(issueIds.slice(0, CANDIDATES), selection, parts.hour, scopes.rest),
    ]);
    const sums = await reconcile(ask, view, totals, issues, options, scopes.rest);
    const splits = splitsOf(parts.splits, ask.filter, slugs);
    return {
      source: options.client.name, issues, splits, details: found.details, baselines: past.baselines, warnings: view.warnings, ...sums,
      gaps: [...view.gaps, ...gapsOf('totals', parts.totals), ...gapsOf('issues', parts.rows), ...gapsOf('splits', parts.splits), ...sums.gaps, ...splitGaps(ask.filter, parts, issues, splits), ...found.gaps, ...past.gaps],
      url: linkOf(selection, options),
    };
  } finally {
    if (!isAsked) details.skip();
  }
}

function skip(details: DetailsBatch): Found {
  details.skip();
  return NO_DETAILS;
}

async function readParts({ filter, want }: Ask, selection: Selection, { client, maxRows, baselines }: ReaderOptions, { totals: scope, rest }: Scopes): Promise<Parts> {
  const isFull = want === 'full';
  const decoration = (table: Promise<Table>): Promise<Table> => table.catch((error: unknown) => lost(error));
  const totals = readTable(client, TOTALS, selection, MAX_TOTALS, scope);
  const rows = isFull ? decoration(readTable(client, ROWS, selection, maxRows, rest)) : NO_TABLE;
  const splits = isFull && filter.tags.length > 0 ? decoration(readTable(client, splitsBy(filter.tags), selection, maxRows, rest)) : NO_TABLE;
  const hour = isFull ? baselines.hour(selection, rest) : null;
  // NOTE: all are awaited, so that nothing is left in flight when the totals fail.
  const [first, second, third, fourth] = await Promise.allSettled([totals, rows, splits, hour]);
  if (first.status === 'rejected') throw first.reason;
  return { totals: first.value, rows: second.status === 'fulfilled' ? second.value : NO_TABLE, splits: third.status === 'fulfilled' ? third.value : NO_TABLE, hour: fourth.status === 'fulfilled' ? fourth.value : null };
}

function lost(error: unknown): Table {
  return { rows: [], gaps: [{ reason: 'not_answered', detail: faultOf(error).message }] };
}

function gapsOf(part: GapPart, { gaps }: Table): readonly Gap[] {
  return gaps.map((gap) => ({ part, ...gap }));
}

/** One per project that could be asked for; zeros for those without a row. */
function totalsOf({ projects }: View, rows: readonly Row[]): readonly Total[] {
  const byId = new Map(rows.map((row) => [idIn(row, 'project.id'), row]));
  return projects.map(({ id, slug }) => {
    const row = byId.get(id);
    return { project: slug, projectId: id, events: row === undefined ? 0 : numberIn(row, 'count()'), users: row === undefined ? 0 : numberIn(row, 'count_unique(user)') };
  });
}

/** Rows of events without an issue are no issues; their events are unattributed. */
function issuesOf({ rows }: Table, slugs: ReadonlyMap<string, string>, { web, client }: ReaderOptions): readonly IssueRow[] {
  const issues = rows.flatMap((row): IssueRow[] => {
    const issueId = idIn(row, 'issue.id');
    const project = slugs.get(idIn(row, 'project.id') ?? '');
    if (issueId === null || project === undefined) return [];
    return [{ issueId, project, url: issueUrl(web, client.org, issueId), events: numberIn(row, 'count()'), users: numberIn(row, 'count_unique(user)') }];
  });
  return issues.sort((a, b) => b.events - a.events || compareIds(a.issueId, b.issueId));
}

function splitsOf({ rows }: Table, { tags }: Filter, slugs: ReadonlyMap<string, string>): readonly Split[] {
  const fields = splitsBy(tags).fields.slice(2, -1);
  return rows.flatMap((row): Split[] => {
    const issueId = idIn(row, 'issue.id');
    const project = slugs.get(idIn(row, 'project.id') ?? '');
    if (issueId === null || project === undefined) return [];
    const values = tags.map((tag, index): [string, string] => [tag, textOf(row[fields[index]!])]);
    return [{ issueId, project, tags: Object.fromEntries(values.filter(([, value]) => value !== '')), events: numberIn(row, 'count()') }];
  });
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

interface Sums {
  readonly totals: readonly Total[];
  readonly unattributed: number;
  readonly gaps: readonly Gap[];
}

/**
 * Compares totals and rows. Late events may have come between the two requests, so the totals are read once more;
 * what then remains is said. When rows are missing for a known reason, there is nothing to compare.
 */
async function reconcile(ask: Ask, view: View, totals: readonly Total[], issues: readonly IssueRow[], { client }: ReaderOptions, scope: Scope): Promise<Sums> {
  const { rows } = view.parts;
  if (ask.want === 'totals' || rows.gaps.length > 0) return { totals, gaps: [], unattributed: Math.max(0, ask.want === 'totals' ? 0 : sum(totals) - sum(issues)) };
  const inRows = rows.rows.reduce((all, row) => all + numberIn(row, 'count()'), 0);
  const again = sum(totals) === inRows ? totals : await readTable(client, TOTALS, view.selection, MAX_TOTALS, scope).then((table) => totalsOf(view, table.rows), () => totals);
  const missing = sum(again) - sum(issues);
  if (missing === 0) return { totals: again, unattributed: 0, gaps: [] };
  const detail = missing > 0 ? `${missing} events belong to no issue that Sentry shows` : `the issues hold ${-missing} events more than the totals`;
  return { totals: again, unattributed: Math.max(0, missing), gaps: [{ part: 'issues', reason: 'rows_differ', detail }] };
}

function sum(counts: readonly { readonly events: number }[]): number {
  return counts.reduce((all, { events }) => all + events, 0);
}

/** Splits that were read to the end must add up to the issues. */
function splitGaps(filter: Filter, { rows, splits: table }: Parts, issues: readonly IssueRow[], splits: readonly Split[]): readonly Gap[] {
  const missing = sum(issues) - sum(splits);
  if (filter.tags.length === 0 || rows.gaps.length + table.gaps.length > 0 || missing === 0) return [];
  return [{ part: 'splits', reason: 'rows_differ', detail: `issues and their splits differ by ${Math.abs(missing)} events` }];
}

function linkOf({ query, projectIds, environments, window }: Selection, { web, client }: ReaderOptions): string {
  return searchUrl(web, client.org, { query, projectIds, environments, start: sentryTime(window.start), end: sentryTime(window.end) });
}
