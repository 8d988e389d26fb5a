import { faultOf } from '../../../../core/model/errors.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Gap, GapPart } from '../../../../core/model/gap.ts';
import { CANDIDATES } from '../../../../core/model/make-report.ts';
import type { Ask, IssueRow, Reading, Split, Total } from '../../../../core/model/reading.ts';
import { errand, type Errand } from '../api/client.ts';
import type { DetailsBatch, Found } from '../api/details.ts';
import { compareIds } from '../api/ids.ts';
import { issueUrl, searchUrl } from '../api/links.ts';
import { type Columns, ROWS, type Selection, sentryTime, splitsBy, TOTALS } from '../api/query.ts';
import { idIn, NO_TABLE, numberIn, readTable, type Row, type Table } from '../api/rows.ts';
import { RANKS } from '../limits/priority-queue.ts';
import { narrow, type Narrowed, type ReaderOptions, type TableParts } from './narrow.ts';
import { type AllTotals, MAX_TOTALS } from './totals.ts';

/** The totals have the whole run's time; the rest ends earlier, so that totals are delivered whatever else hangs. */
export interface Scopes {
  readonly totals: Errand;
  readonly rest: Errand;
}

/** What the filters of one read have in common. */
export interface Together {
  readonly details: DetailsBatch;
  readonly totals: Promise<AllTotals>;
}

const NO_DETAILS: Found = { details: new Map(), gaps: [] };

/** One filter's window. Rejects when the totals cannot be had; whatever else is missing is a gap. */
export async function readFilter(
  ask: Ask,
  options: ReaderOptions,
  { details, totals: all }: Together,
  given: Scopes,
): Promise<Reading> {
  const scopes = {
    totals: errand(given.totals, RANKS.totals, ask.filter.name),
    rest: errand(given.rest, RANKS.rows, ask.filter.name),
  };
  let isAsked = false;
  try {
    const ahead = await all;
    const narrowed = await narrow(ask, options, scopes.totals, (it) => readParts(ask, it, options, ahead, scopes));
    const { selection, parts } = narrowed;
    const slugs = new Map(narrowed.projects.map(({ id, slug }) => [id, slug]));
    const totals = totalsOf(narrowed, parts.totals.rows);
    const issues = issuesOf(parts.rows, slugs, options);
    isAsked = true;
    const issueIds = issues.map((row) => row.issueId);
    const [found, past] = await Promise.all([
      ask.want === 'full' && issueIds.length > 0
        ? details.want({ issueIds, projectIds: selection.projectIds })
        : skip(details),
      options.baselines.read(
        issueIds.slice(0, CANDIDATES),
        selection,
        parts.hour,
        errand(scopes.rest, RANKS.past, ask.filter.name),
      ),
    ]);
    const sums = await reconcile(ask, narrowed, totals, issues, options, scopes.rest);
    const splits = splitsOf(parts.splits, ask.filter, slugs);
    return {
      source: options.client.name,
      org: options.client.org,
      issues,
      splits,
      details: found.details,
      baselines: past.baselines,
      warnings: narrowed.warnings,
      ...sums,
      gaps: [
        ...narrowed.gaps,
        ...gapsOf('totals', parts.totals),
        ...gapsOf('issues', parts.rows),
        ...gapsOf('splits', parts.splits),
        ...sums.gaps,
        ...splitGaps(ask.filter, parts, issues, splits),
        ...found.gaps,
        ...past.gaps,
      ],
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

async function readParts(
  ask: Ask,
  selection: Selection,
  { client, maxRows, baselines }: ReaderOptions,
  ahead: AllTotals,
  { rest }: Scopes,
): Promise<TableParts> {
  const {
    filter: { name, tags },
    want,
  } = ask;
  const isFull = want === 'full';
  const quiet = new AbortController();
  const decoration = (columns: Columns): Promise<Table> =>
    readTable(client, columns, selection, maxRows, errand(rest, RANKS.rows, name, quiet.signal)).catch(
      (error: unknown) => lost(error),
    );
  const rows = isFull ? decoration(ROWS) : Promise.resolve(NO_TABLE);
  const splits = isFull && tags.length > 0 ? decoration(splitsBy(tags)) : NO_TABLE;
  const hour = isFull ? baselines.hour(selection, errand(rest, RANKS.past, name, quiet.signal)) : null;
  const totals = ahead.of(ask, selection, isFull ? rows : null).then((table) => {
    // Nothing was counted: what of the rest still waits for its turn has nothing to find.
    if (table.gaps.length === 0 && table.rows.every((row) => numberIn(row, 'count()') === 0)) quiet.abort();
    return table;
  });
  const [first, second, third] = await Promise.allSettled([totals, rows, splits]);
  if (first.status === 'rejected') {
    // NOTE: nothing may be left in flight.
    await hour;
    throw first.reason;
  }
  const isNeedless = ({ rows: found, gaps }: Table): boolean =>
    quiet.signal.aborted && found.length === 0 && gaps.every(({ reason }) => reason === 'not_answered');
  const found = (it: PromiseSettledResult<Table>): Table =>
    it.status === 'rejected' || isNeedless(it.value) ? NO_TABLE : it.value;
  return { totals: first.value, rows: found(second), splits: found(third), hour };
}

function lost(error: unknown): Table {
  return { rows: [], gaps: [{ reason: 'not_answered', detail: faultOf(error).message }] };
}

function gapsOf(part: GapPart, { gaps }: Table): readonly Gap[] {
  return gaps.map((gap) => ({ part, ...gap }));
}

/** One per project that could be asked for; zeros for those without a row. */
function totalsOf({ projects }: Narrowed, rows: readonly Row[]): readonly Total[] {
  const byId = new Map(rows.map((row) => [idIn(row, 'project.id'), row]));
  return projects.map(({ id, slug }) => {
    const row = byId.get(id);
    return {
      project: slug,
      projectId: id,
      events: row === undefined ? 0 : numberIn(row, 'count()'),
      users: row === undefined ? 0 : numberIn(row, 'count_unique(user)'),
    };
  });
}

/** Rows of events without an issue are no issues; their events are unattributed. */
function issuesOf(
  { rows }: Table,
  slugs: ReadonlyMap<string, string>,
  { web, client }: ReaderOptions,
): readonly IssueRow[] {
  const issues = rows.flatMap((row): IssueRow[] => {
    const issueId = idIn(row, 'issue.id');
    const project = slugs.get(idIn(row, 'project.id') ?? '');
    if (issueId === null || project === undefined) return [];
    return [
      {
        issueId,
        project,
        url: issueUrl(web, client.org, issueId),
        events: numberIn(row, 'count()'),
        users: numberIn(row, 'count_unique(user)'),
      },
    ];
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
    return [
      {
        issueId,
        project,
        tags: Object.fromEntries(values.filter(([, value]) => value !== '')),
        events: numberIn(row, 'count()'),
      },
    ];
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
async function reconcile(
  ask: Ask,
  narrowed: Narrowed,
  totals: readonly Total[],
  issues: readonly IssueRow[],
  { client }: ReaderOptions,
  scope: Errand,
): Promise<Sums> {
  const { rows } = narrowed.parts;
  if (ask.want === 'totals' || rows.gaps.length > 0)
    return { totals, gaps: [], unattributed: Math.max(0, ask.want === 'totals' ? 0 : sum(totals) - sum(issues)) };
  const inRows = rows.rows.reduce((all, row) => all + numberIn(row, 'count()'), 0);
  const again =
    sum(totals) === inRows
      ? totals
      : await readTable(client, TOTALS, narrowed.selection, MAX_TOTALS, scope).then(
          (table) => totalsOf(narrowed, table.rows),
          () => totals,
        );
  const missing = sum(again) - sum(issues);
  if (missing === 0) return { totals: again, unattributed: 0, gaps: [] };
  const detail =
    missing > 0
      ? `${missing} events belong to no issue that Sentry shows`
      : `the issues hold ${-missing} events more than the totals`;
  return {
    totals: again,
    unattributed: Math.max(0, missing),
    gaps: [{ part: 'issues', reason: 'rows_differ', detail }],
  };
}

function sum(counts: readonly { readonly events: number }[]): number {
  return counts.reduce((all, { events }) => all + events, 0);
}

/** Splits that were read to the end must add up to the issues. */
function splitGaps(
  filter: Filter,
  { rows, splits: table }: TableParts,
  issues: readonly IssueRow[],
  splits: readonly Split[],
): readonly Gap[] {
  const missing = sum(issues) - sum(splits);
  if (filter.tags.length === 0 || rows.gaps.length + table.gaps.length > 0 || missing === 0) return [];
  return [
    { part: 'splits', reason: 'rows_differ', detail: `issues and their splits differ by ${Math.abs(missing)} events` },
  ];
}

function linkOf({ query, projectIds, environments, window }: Selection, { web, client }: ReaderOptions): string {
  return searchUrl(web, client.org, {
    query,
    projectIds,
    environments,
    start: sentryTime(window.start),
    end: sentryTime(window.end),
  });
}
