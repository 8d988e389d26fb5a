import { faultOf } from '../../../../core/model/errors.ts';
import type { Gap } from '../../../../core/model/gap.ts';
import type { BaselineName } from '../../../../core/model/reading.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { type Client, queuedAs } from '../api/client.ts';
import type { DetailsBatch } from '../issues/details.ts';
import type { PublicAddress } from '../api/links.ts';
import type { IssueReturns } from '../issues/returns.ts';
import type { Projects } from '../api/projects.ts';
import { type Columns, ROWS, splitsBy } from '../api/query.ts';
import { numberIn } from '../api/row.ts';
import { NO_TABLE, readTable, type Table } from '../api/rows.ts';
import { PRIORITY } from '../limits/priority-queue.ts';
import { NO_SPANS, readSpans, type SpansRead } from '../spans/table.ts';
import type { Baselines } from './baselines.ts';
import { narrow } from './narrow.ts';
import type { PastCounts } from './past.ts';
import { isEmpty, type Target } from './target.ts';
import type { AllTotals } from './totals.ts';

export interface TableOptions extends PublicAddress {
  readonly client: Client;
  readonly projects: Projects;
  readonly baselines: readonly BaselineName[];
  /** Rows of issues, and of splits, that are read at most. */
  readonly maxRows: number;
}

/** One read of several filters: what they work with, and what they share. */
export interface TableRead extends Omit<TableOptions, 'baselines'> {
  readonly baselines: Baselines;
  readonly details: DetailsBatch;
  readonly returns: IssueReturns;
  readonly totals: Promise<AllTotals>;
  /** The run's own: the totals have all of its time. */
  readonly scope: Scope;
  /** For the rest. Ends earlier, so that totals are delivered whatever else hangs. */
  readonly rest: Scope;
}

/** What the table said of one filter. */
export interface TableParts {
  readonly totals: Table;
  readonly rows: Table;
  readonly splits: Table;
  /** The biggest issues of the hour before, perhaps still under way. Never rejects. Null: not asked. */
  readonly hour: Promise<PastCounts | Gap> | null;
  /** Users over longer spans, perhaps still under way. Never rejects. */
  readonly spans: Promise<SpansRead>;
}

const NO_PARTS: TableParts = {
  totals: NO_TABLE,
  rows: NO_TABLE,
  splits: NO_TABLE,
  hour: null,
  spans: Promise.resolve(NO_SPANS),
};

/** A filter's parts, and where they were found. */
export interface Located {
  readonly target: Target;
  readonly parts: TableParts;
}

/** Reads a filter, narrowed as often as Sentry refuses the whole request for one part of it. */
export async function readNarrowed(first: Target, totals: AllTotals, read: TableRead): Promise<Located> {
  let target = first;
  for (;;) {
    try {
      return { target, parts: isEmpty(target) ? NO_PARTS : await readParts(target, totals, read) };
    } catch (error) {
      target = await narrow(target, error, read, queuedAs(read.scope, PRIORITY.totals, target.ask.filter.name));
    }
  }
}

/** Rejects when the totals cannot be had; whatever else is missing is a gap. */
async function readParts(target: Target, all: AllTotals, read: TableRead): Promise<TableParts> {
  const { ask, selection } = target;
  const { name, tags } = ask.filter;
  const isFull = ask.want === 'full';
  const needless = new AbortController();
  const table = (columns: Columns): Promise<Table> =>
    readTable(
      read.client,
      { columns, selection, maxRows: read.maxRows },
      queuedAs(read.rest, PRIORITY.rows, name, needless.signal),
    ).catch(lost);
  const rows = isFull ? table(ROWS) : Promise.resolve(NO_TABLE);
  const splits = isFull && tags.length > 0 ? table(splitsBy(tags)) : Promise.resolve(NO_TABLE);
  const hour = isFull
    ? read.baselines.hour(selection, queuedAs(read.rest, PRIORITY.past, name, needless.signal))
    : null;
  // NOTE: whatever the window holds: it is the windows before it that have the users.
  const spans = isFull ? readSpans(target, read, queuedAs(read.rest, PRIORITY.past, name)) : Promise.resolve(NO_SPANS);
  const totals = all.of(target, isFull ? rows : null).then((found) => {
    // What of the rest still waits in the queue has nothing to find.
    if (isZero(found)) needless.abort();
    return found;
  });
  const [first] = await Promise.allSettled([totals, rows, splits]);
  if (first.status === 'rejected') {
    // NOTE: nothing may be left in flight.
    await Promise.all([hour, spans]);
    throw first.reason;
  }
  const needed = (found: Table): Table => (needless.signal.aborted && isUnread(found) ? NO_TABLE : found);
  return { totals: first.value, rows: needed(await rows), splits: needed(await splits), hour, spans };
}

/** Nothing was counted. */
function isZero({ rows, gaps }: Table): boolean {
  return gaps.length === 0 && rows.every((row) => numberIn(row, 'count()') === 0);
}

function isUnread({ rows, gaps }: Table): boolean {
  return rows.length === 0 && gaps.every(({ reason }) => reason === 'not_answered');
}

function lost(error: unknown): Table {
  return { rows: [], gaps: [{ reason: 'not_answered', detail: faultOf(error).message }] };
}
