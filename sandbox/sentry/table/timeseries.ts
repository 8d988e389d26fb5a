import { type Answer, json, type VendorRequest } from '../../http/message.ts';
import type { Meant } from '../../events/single-events.ts';
import { issueIdsIn } from '../../search/issue-ids.ts';
import { compileSearch } from '../../search/match.ts';
import type { State } from '../../world/state.ts';
import { isTransaction, type SandboxEvent } from '../../types.ts';
import { type AggregateColumn, columnOf } from './columns.ts';
import { readSpan, type Span } from '../dates.ts';
import { badRequest } from '../errors.ts';
import { lookupOf } from '../lookup.ts';
import { aggregate } from './rows.ts';
import { inScope, readScope } from '../scope.ts';
import { readSearch } from './table.ts';

/** Sentry's own charts take the last minute and a half as incomplete, ms. */
const INGESTION_DELAY = 90_000;
const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** GET organizations/{org}/events-timeseries/, dataset=errors, without top events. */
export function eventsTimeseries(state: State, { query }: VendorRequest): Answer {
  if (query.get('dataset') !== 'errors')
    throw badRequest('dataset must be one of: errors, logs, profile_functions, spans, tracemetrics, uptime_results');
  if (query.has('topEvents')) throw badRequest('groupBy is a required parameter when doing topEvents');
  const scope = readScope(state, query);
  if (scope.projects.size === 0) return json(200, { timeSeries: [] });
  const axes = axesOf(query.getAll('yAxis'));
  const now = state.clock.now();
  const span = readSpan(query, now, '');
  const step = intervalOf(query.get('interval') ?? '', span);
  const lookup = lookupOf(state);
  const { where } = readSearch(query, state, scope);
  const matches = compileSearch(where, lookup);
  const meant: Meant = {
    holds: (event) => inScope(scope, event) && !isTransaction(event) && matches(event),
    issues: eventIdsOf(issueIdsIn(where), state),
  };
  const buckets = bucketsOf(span, step).map((start) => {
    const [from, to] = [Math.max(start, span.start), Math.min(start + step, span.end)];
    const events = state.events.visible(from, to, now, meant);
    return { start, values: axes.map((axis) => valueOf(events, axis, lookup)) };
  });
  const timeSeries = axes.map((axis, order) => ({
    values: buckets.map(({ start, values }) => ({
      timestamp: start,
      value: values[order]!,
      ...completeness(start + step, now),
    })),
    yAxis: axis.name,
    meta: { valueUnit: null, valueType: 'integer', interval: step, order, isOther: false },
  }));
  return json(200, { timeSeries, meta: { dataset: 'errors', start: span.start, end: span.end } });
}

/** Events keep the id of an issue that was merged into another. */
function eventIdsOf(ids: readonly string[] | undefined, { issues }: State): ReadonlySet<string> | undefined {
  return ids === undefined ? undefined : new Set(ids.flatMap((id) => [...issues.aliases(id)]));
}

function axesOf(names: readonly string[]): readonly AggregateColumn[] {
  return (names.length === 0 ? ['count()'] : names).map((name) => {
    const column = columnOf(name);
    if (column.kind !== 'aggregate' || column.function === 'last_seen')
      throw badRequest(`${name} is not a valid function`);
    return column;
  });
}

/** What is no interval, or longer than the span, is replaced without a word. */
function intervalOf(text: string, { start, end }: Span): number {
  const parts = /^(\d+)([smhd])$/.exec(text);
  const step = Number(parts?.[1]) * (UNITS[parts?.[2] ?? ''] ?? NaN);
  if (step > 0 && step < end - start) return step;
  return end - start > 86_400_000 ? 3_600_000 : 300_000;
}

/** On the grid of the interval, so that the first and the last may lie partly outside. */
function bucketsOf({ start, end }: Span, step: number): readonly number[] {
  const first = Math.floor(start / step) * step;
  return Array.from({ length: Math.ceil((end - first) / step) }, (_, index) => first + index * step);
}

function valueOf(events: readonly SandboxEvent[], axis: AggregateColumn, lookup: ReturnType<typeof lookupOf>): number {
  return aggregate({ events, portions: [] }, [axis], [], lookup)[0]?.numbers.get(axis.name) ?? 0;
}

function completeness(end: number, now: number): { readonly incomplete: boolean; readonly incompleteReason?: string } {
  return end >= now - INGESTION_DELAY
    ? { incomplete: true, incompleteReason: 'INCOMPLETE_BUCKET' }
    : { incomplete: false };
}
