import { type Answer, json, type VendorRequest } from '../../http/message.ts';
import { eventsIn } from '../../events/masses.ts';
import { SearchError, type SearchNode } from '../../search/ast.ts';
import { aggregatesIn, compileHaving, splitSearch, type SplitSearch } from '../../search/having.ts';
import { compileSearch } from '../../search/match.ts';
import { parseSearch } from '../../search/parse.ts';
import type { State } from '../../world/state.ts';
import { isTransaction, type SandboxEvent } from '../../types.ts';
import { type AggregateColumn, type Column, columnOf, metaOf, readColumns } from './columns.ts';
import { readSpan, type Span } from '../dates.ts';
import { badRequest, Refusal } from '../errors.ts';
import { lookupOf } from '../lookup.ts';
import { readSort, sortRows } from './order.ts';
import { linkHeader, readPage } from '../pages.ts';
import { aggregate, eventRows, type Row } from './rows.ts';
import { inScope, readScope, type Scope } from '../scope.ts';

/** Which rows there are: errors alone, or transactions too. */
export type Dataset = 'errors' | 'discover';

/** GET organizations/{org}/events/, dataset=errors. */
export function eventsTable(state: State, request: VendorRequest): Answer {
  if (request.query.get('dataset') !== 'errors') {
    throw badRequest('dataset must be one of: errors, logs, profile_functions, spans, tracemetrics, uptime_results');
  }
  return tableAnswer(state, request, 'errors', metaOf);
}

export function tableAnswer(
  state: State,
  request: VendorRequest,
  dataset: Dataset,
  meta: (columns: readonly Column[]) => Record<string, unknown>,
): Answer {
  const { query } = request;
  const scope = readScope(state, query);
  if (scope.projects.size === 0) return nothingSelected();
  const columns = readColumns(query.getAll('field'));
  const keys = readSort(query.getAll('sort'), columns);
  const page = readPage(query);
  const span = readSpan(query, state.clock.now(), 'Invalid date range: ');
  const search = readSearch(query, state, scope);
  const rows = sortRows(findRows(state, { scope, span, search, columns, dataset }), keys, state.nextRandom());
  const data = rows.slice(page.offset, page.offset + page.size).map((row) => row.cells);
  const link = linkHeader(request, page, rows.length > page.offset + page.size);
  return json(200, { data, meta: meta(columns) }, query.has('noPagination') ? {} : { link });
}

function nothingSelected(): Answer {
  return json(200, { data: [], meta: { tips: { query: 'Need at least one valid project to query.' } } });
}

/** The condition of a request on events, checked against the projects that it selects. */
export function readSearch(query: URLSearchParams, state: State, scope: Scope): SplitSearch {
  return orBadRequest(() => {
    const split = splitSearch(parseSearch(query.get('query') ?? '', 'events'));
    if (split.having !== undefined && query.get('allowAggregateConditions') === '0') {
      throw new SearchError('Aggregate conditions are not allowed in this search.');
    }
    refuseOtherProjects(split.where, new Set([...scope.projects.values()].map((project) => project.slug)));
    compileSearch(split.where, lookupOf(state));
    return split;
  });
}

/** Search errors are 400s with the same text. */
export function orBadRequest<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof Refusal || !(error instanceof SearchError)) throw error;
    throw badRequest(error.message);
  }
}

/** `project:slug` must be among the selected ones. */
function refuseOtherProjects(node: SearchNode, slugs: ReadonlySet<string>): void {
  if (node.kind !== 'term') {
    for (const part of node.parts) refuseOtherProjects(part, slugs);
    return;
  }
  const { key, test } = node.term;
  if (key.kind !== 'field' || (key.name !== 'project' && key.name !== 'project.name')) return;
  if (test.kind !== 'text' && test.kind !== 'list') return;
  const patterns = test.kind === 'text' ? [test.pattern] : test.patterns;
  const missing = patterns.filter((one) => !slugs.has(one.text)).map((one) => one.text);
  if (missing.length === 0 || node.term.negated) return;
  throw new SearchError(`Invalid query. Project(s) ${missing.join(', ')} do not exist or are not actively selected.`);
}

/** What a request asks of the table. */
type TableQuestion = {
  readonly scope: Scope;
  readonly span: Span;
  readonly search: SplitSearch;
  readonly columns: readonly Column[];
  readonly dataset: Dataset;
};

function findRows(state: State, { scope, span, search, columns, dataset }: TableQuestion): Row[] {
  const lookup = lookupOf(state);
  const matches = compileSearch(search.where, lookup);
  const now = state.clock.now();
  const isMeant = (event: SandboxEvent): boolean =>
    inScope(scope, event) && (dataset === 'discover' || !isTransaction(event)) && matches(event);
  const events = state.events.single(span.start, span.end, now, { holds: isMeant });
  const portions = state.events
    .portions(span.start, span.end, now, scope.projects.keys())
    .filter(({ mass }) => isMeant(mass.like));
  const wanted = orBadRequest(() => havingColumns(search, columns));
  const aggregated = wanted.length > 0 || columns.some((column) => column.kind === 'aggregate');
  if (!aggregated) return eventRows([...events, ...portions.flatMap(eventsIn)], columns, lookup);
  const rows = aggregate({ events, portions }, columns, wanted, lookup);
  const { having } = search;
  if (having === undefined) return rows;
  const holds = orBadRequest(() => compileHaving(having));
  return rows.filter((row) => holds((name) => row.numbers.get(name) ?? 0));
}

/** Aggregates of the search that are no columns. */
function havingColumns(search: SplitSearch, columns: readonly Column[]): AggregateColumn[] {
  const names = new Set(aggregatesIn(search.having));
  for (const column of columns) names.delete(column.name);
  return [...names].map(columnOf).filter((column) => column.kind === 'aggregate');
}
