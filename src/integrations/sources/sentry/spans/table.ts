import { type SpanUsers, spansWanted, type SpanWish, uncounted } from '../../../../core/model/alerting/span-users.ts';
import { faultOf, UpstreamError } from '../../../../core/model/errors.ts';
import type { Client, RequestScope } from '../api/client.ts';
import type { Columns, Selection } from '../api/query.ts';
import { idIn, numberIn } from '../api/row.ts';
import { readPage, readTable, type Table } from '../api/rows.ts';
import type { Target } from '../table/target.ts';
import { uncountedWarning } from './warning.ts';

export interface SpansOptions {
  readonly client: Client;
  /** Issues of a span that are read at most. */
  readonly maxRows: number;
}

/** What was counted over the spans that a filter's rules want. */
export interface SpansRead {
  readonly spans: readonly SpanUsers[];
  /** What was not counted, and why. */
  readonly warnings: readonly string[];
}

export const NO_SPANS: SpansRead = { spans: [], warnings: [] };

const USERS = 'count_unique(user)';
const TOGETHER: Columns = { fields: [USERS], sort: [] };
const BY_ISSUE: Columns = { fields: ['issue.id', USERS], sort: [`-${USERS}`, 'issue.id'] };

/** One request for each span, and one more where issues are wanted. Never rejects. */
export async function readSpans(
  { ask: { filter }, selection }: Target,
  options: SpansOptions,
  scope: RequestScope,
): Promise<SpansRead> {
  const { end } = selection.window;
  const read = await Promise.all(
    spansWanted(filter).map((wish) =>
      readSpan(wish, { ...selection, window: { start: end - wish.spanMs, end } }, options, scope),
    ),
  );
  return { spans: read.map(({ span }) => span), warnings: read.flatMap(({ warnings }) => warnings) };
}

async function readSpan(
  { spanMs, ofFilter, issuesAbove }: SpanWish,
  selection: Selection,
  options: SpansOptions,
  scope: RequestScope,
): Promise<{ readonly span: SpanUsers; readonly warnings: readonly string[] }> {
  const warnings: string[] = [];
  const orNothing = async <T>(part: Promise<T>): Promise<T | null> => {
    try {
      return await part;
    } catch (error) {
      warnings.push(uncountedWarning(spanMs, faultOf(error).message));
      return null;
    }
  };
  const [users, found] = await Promise.all([
    ofFilter ? orNothing(usersIn(selection, options.client, scope)) : null,
    issuesAbove === null ? null : orNothing(issuesIn(selection, issuesAbove, options, scope)),
  ]);
  if (found !== null && found.why !== null) warnings.push(uncountedWarning(spanMs, found.why));
  const nothing = uncounted({ spanMs });
  const { issues, issuesAbove: above } = found ?? nothing;
  return { span: { spanMs, users, issues, issuesAbove: above }, warnings };
}

async function usersIn(selection: Selection, client: Client, scope: RequestScope): Promise<number> {
  const { rows } = await readPage(client, { columns: TOGETHER, selection }, scope);
  return rows[0] === undefined ? 0 : numberIn(rows[0], USERS);
}

type ByIssue = Pick<SpanUsers, 'issues' | 'issuesAbove'> & {
  /** What of the wanted issues is missing; null: nothing. */
  readonly why: string | null;
};

/** Issues with most users first, to those that have not more than `above`. */
async function issuesIn(
  selection: Selection,
  above: number,
  { client, maxRows }: SpansOptions,
  scope: RequestScope,
): Promise<ByIssue> {
  const enough = (row: Table['rows'][number]): boolean => numberIn(row, USERS) <= above;
  const { rows, gaps } = await readTable(client, { columns: BY_ISSUE, selection, maxRows, enough }, scope);
  const counts = rows.map((row) => numberIn(row, USERS));
  if (counts.some((count, index) => count > (counts[index - 1] ?? Infinity))) throw unsorted(client);
  const issues = rows.flatMap((row, index): [string, number][] => {
    const id = idIn(row, 'issue.id');
    return id === null || counts[index] === 0 ? [] : [[id, counts[index]!]];
  });
  const why = gaps.map(({ detail }) => detail).join('; ');
  const least = leastKnown({ rows, gaps }, counts.at(-1), above);
  return {
    issues: Object.fromEntries(issues),
    issuesAbove: least,
    why: gaps.length === 0 || (least !== null && least <= above) ? null : why,
  };
}

/** What an issue has at most that is not among the rows; null: an issue may have been missed between two pages. */
function leastKnown({ gaps }: Table, last: number | undefined, above: number): number | null {
  if (gaps.some(({ reason }) => reason === 'pages_shifted')) return null;
  if (gaps.length > 0) return last ?? null;
  return last === undefined || last > above ? 0 : last;
}

function unsorted({ name }: Client): UpstreamError {
  return new UpstreamError(`${name}: the events table answered issues in another order than was asked for`, {
    service: name,
    status: 200,
    retryable: false,
  });
}
