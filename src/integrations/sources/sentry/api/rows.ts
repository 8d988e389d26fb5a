import * as z from 'zod/mini';
import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { GapReason } from '../../../../core/model/gap.ts';
import type { Client, RequestScope } from './client.ts';
import { type Params, type Selection, type TableQuestion, tableParams, TOTALS } from './query.ts';
import { assertAsked, keyOf, type Row } from './row.ts';

/** All pages of a table request, and what was wrong with the paging. */
export interface Table {
  readonly rows: readonly Row[];
  readonly gaps: readonly { readonly reason: GapReason; readonly detail: string }[];
}

export interface TableQuery extends TableQuestion {
  readonly maxRows: number;
  /** Whether none that comes after a row is wanted. Absent: all are. */
  enough?(row: Row): boolean;
}

export const NO_TABLE: Table = { rows: [], gaps: [] };

const Body = z.object({ data: z.array(z.record(z.string(), z.unknown())) });

/**
 * Reads the table to its end, at most `maxRows` rows. Each page is a new query, so a row may come twice
 * or not at all when others move: a key seen twice is kept once and noted. Rejects only when the first page fails.
 */
export async function readTable(
  client: Client,
  { columns, selection, maxRows, enough }: TableQuery,
  scope: RequestScope,
): Promise<Table> {
  const rows = new Map<string, Row>();
  const gaps = new Map<GapReason, string>();
  let cursor: string | null = null;
  // Pages may be empty and still not the last; twice the pages that the rows need is enough for that.
  for (let pages = 2 * Math.ceil(maxRows / 100) + 2; pages > 0; pages--) {
    const page: RowsPage | string = await readRows(client, { columns, selection }, cursor, scope).catch(
      (error: unknown) => laterPage(error, cursor),
    );
    if (typeof page === 'string') return done(rows, gaps.set('not_answered', page));
    for (const row of page.rows) {
      const key = keyOf(row, columns);
      if (rows.has(key)) gaps.set('pages_shifted', 'rows moved while the pages were read');
      else if (rows.size < maxRows) rows.set(key, row);
      else gaps.set('row_limit', `more than ${maxRows} rows (MAX_ROWS)`);
    }
    const isEnough = page.rows.length > 0 && enough?.(page.rows.at(-1)!) === true;
    if (page.next === null || isEnough || gaps.has('row_limit')) return done(rows, gaps);
    if (page.next === cursor) break;
    cursor = page.next;
  }
  return done(rows, gaps.set('pages_broken', 'the pages did not come to an end'));
}

/** More projects than a filter can name in one request. */
const MAX_TOTALS = 10_000;

export function readTotals(client: Client, selection: Selection, scope: RequestScope): Promise<Table> {
  return readTable(client, { columns: TOTALS, selection, maxRows: MAX_TOTALS }, scope);
}

/** The first page of a table; `whole`: there is no other. */
export async function readPage(
  client: Client,
  question: TableQuestion,
  scope: RequestScope,
): Promise<{ readonly rows: readonly Row[]; readonly whole: boolean }> {
  const { rows, next } = await readRows(client, question, null, scope);
  return { rows, whole: next === null };
}

interface RowsPage {
  readonly rows: readonly Row[];
  readonly next: string | null;
}

async function readRows(
  client: Client,
  question: TableQuestion,
  cursor: string | null,
  scope: RequestScope,
): Promise<RowsPage> {
  const params: Params = tableParams(question.columns, question.selection);
  const page = await client.get(
    client.url('events'),
    cursor === null ? params : [...params, ['cursor', cursor]],
    scope,
  );
  const rows = rowsOf(page.body, client);
  assertAsked(rows, question, client.name);
  return { rows, next: page.next };
}

/** What was read before a page failed is kept. */
function laterPage(error: unknown, cursor: string | null): string {
  if (cursor === null) throw error;
  return faultOf(error).message;
}

function done(rows: ReadonlyMap<string, Row>, gaps: ReadonlyMap<GapReason, string>): Table {
  return { rows: [...rows.values()], gaps: [...gaps].map(([reason, detail]) => ({ reason, detail })) };
}

function rowsOf(body: unknown, { name }: Client): readonly Row[] {
  const parsed = Body.safeParse(body);
  if (parsed.success) return parsed.data.data;
  const what = Array.isArray(body) ? 'a bare list: this server has no events table' : 'no `data` list';
  throw new UpstreamError(`${name}: the events table answered ${what}`, {
    service: name,
    status: 200,
    retryable: false,
  });
}
