import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { Refusal, refuse } from '../sentry/errors.ts';
import type { State } from '../world/state.ts';
import { isListable } from './projects.ts';

const HOUR = 3_600_000;
const MOST_INTERVALS = 1000;
const FIELDS = ['sum(quantity)', 'sum(times_seen)'];

/**
 * GET organizations/{org}/stats_v2/: events by the hour of their arrival, over all projects or those named. The span is
 * widened to whole hours: down at its start, and past its end by up to an hour. An hour without events is null.
 */
export function hourlyStats(state: State, { query }: VendorRequest): Answer {
  const field = query.get('field') ?? '';
  if (query.get('category') !== 'error' || !FIELDS.includes(field) || query.get('interval') !== '1h')
    throw invalid('Input should be a known choice');
  const start = hourOf(readInstant(query, 'start'));
  const end = hourOf(readInstant(query, 'end') + HOUR);
  if ((end - start) / HOUR > MOST_INTERVALS) throw invalid('Too many intervals');
  const wanted = query.getAll('project');
  const ids = state.projects
    .all()
    .filter((project) => isListable(project) && (wanted.length === 0 || wanted.includes(project.id)))
    .map(({ id }) => id);
  if (ids.length === 0) throw refuse(404, 'Not Found');
  const starts = Array.from({ length: (end - start) / HOUR + 1 }, (_, index) => start + index * HOUR);
  const counts = countByHour(state, ids, start);
  return json(200, {
    intervals: starts.map((at) => `${new Date(at).toISOString().slice(0, 19)}+00:00`),
    groups: [{ series: { [field]: starts.map((at) => counts.get(at) ?? null) } }],
  });
}

function countByHour(state: State, projectIds: readonly string[], start: number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const id of projectIds) {
    const events = state.events.feed.span(id, 'arrival', { start, end: Infinity }, state.clock.now());
    for (const { arrivedAt } of events) counts.set(hourOf(arrivedAt), (counts.get(hourOf(arrivedAt)) ?? 0) + 1);
  }
  return counts;
}

function hourOf(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}

function readInstant(query: URLSearchParams, name: string): number {
  const at = Date.parse(query.get(name) ?? '');
  if (Number.isNaN(at)) throw invalid(`${name} should be a date`);
  return at;
}

function invalid(msg: string): Refusal {
  return new Refusal(json(422, { detail: [{ type: 'value_error', loc: ['query'], msg }] }));
}
