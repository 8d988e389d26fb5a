import * as z from 'zod/mini';
import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Ask, SeriesCount } from '../../../../core/model/reading.ts';
import { HOUR_MS, type Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import type { Projects } from '../api/projects.ts';
import { type Params, type Selection, sentryTime } from '../api/query.ts';
import { narrow } from './narrow.ts';
import { isEmpty, targetOf } from './target.ts';

/** Instants below this are seconds: the reference shows both. */
const SECONDS_BELOW = 100_000_000_000;

const Series = z.object({
  timeSeries: z.array(
    z.object({
      yAxis: z.string(),
      values: z.array(
        z.object({
          timestamp: z.number(),
          value: z.nullable(z.int().check(z.minimum(0))),
          incomplete: z.optional(z.boolean()),
        }),
      ),
    }),
  ),
});

/** A span, and the length of its stretches. */
export interface SeriesAsk extends Ask {
  readonly stepMs: number;
}

/** A filter's counts by stretches of time from Sentry's own time series: one request, whatever the span. */
export async function readSeries(
  ask: SeriesAsk,
  client: Client,
  projects: Projects,
  scope: Scope,
): Promise<readonly SeriesCount[]> {
  let target = await targetOf(ask, projects, scope);
  for (;;) {
    try {
      if (isEmpty(target)) throw trouble(client, target.gaps[0]?.detail ?? 'none of its projects can be read');
      const counts = await countsOf({ ...target.selection, stepMs: ask.stepMs }, client, scope);
      const isWhole = target.gaps.length === 0;
      return counts.map((count) => ({ ...count, complete: count.complete && isWhole }));
    } catch (error) {
      target = await narrow(target, error, { client, projects }, scope);
    }
  }
}

interface Stepped extends Selection {
  readonly stepMs: number;
}

async function countsOf(selection: Stepped, client: Client, scope: Scope): Promise<readonly SeriesCount[]> {
  const url = client.url('events-timeseries');
  try {
    const { body } = await client.get(url, paramsOf(selection, selection.environments), scope);
    return countsIn(client, body, selection);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.status !== 404) throw error;
    // NOTE: an unknown environment is a 404, and so is a server without time series: as the former it would be zeros.
    if (selection.environments.length === 0)
      throw trouble(client, 'this server has no time series (events-timeseries)');
    await countsOf({ ...selection, environments: [] }, client, scope);
    throw error;
  }
}

function paramsOf({ query, projectIds, window, stepMs }: Stepped, environments: readonly string[]): Params {
  return [
    ['dataset', 'errors'],
    ['yAxis', 'count()'],
    ['interval', stepMs < HOUR_MS ? `${stepMs / 60_000}m` : `${stepMs / HOUR_MS}h`],
    ['query', query],
    ['start', sentryTime(window.start)],
    ['end', sentryTime(window.end)],
    ...projectIds.map((id): [string, string] => ['project', id]),
    ...environments.map((name): [string, string] => ['environment', name]),
  ];
}

/** Nothing matched at all: no series. */
function countsIn(client: Client, body: unknown, { window: span, stepMs }: Stepped): readonly SeriesCount[] {
  const { success, data } = Series.safeParse(body);
  if (!success) throw trouble(client, 'its time series has a form that is not known');
  const values = data.timeSeries.find(({ yAxis }) => yAxis === 'count()')?.values;
  if (values === undefined) return zeros(span, stepMs);
  const counts = values.map(({ timestamp, value, incomplete }) => ({
    start: timestamp < SECONDS_BELOW ? timestamp * 1000 : timestamp,
    events: value,
    complete: incomplete !== true,
  }));
  if (
    counts.some(({ start }) => start % stepMs !== 0) ||
    counts.some(({ start }, index) => index > 0 && start - counts[index - 1]!.start !== stepMs)
  ) {
    throw trouble(client, `its time series is not in steps of ${stepMs / 60_000} minutes`);
  }
  return counts.flatMap(({ events, ...count }) =>
    events === null || count.start < span.start || count.start >= span.end ? [] : [{ ...count, events }],
  );
}

function zeros({ start, end }: Window, stepMs: number): readonly SeriesCount[] {
  return Array.from({ length: (end - start) / stepMs }, (_, index) => ({
    start: start + index * stepMs,
    events: 0,
    complete: true,
  }));
}

function trouble({ name }: Client, text: string): UpstreamError {
  return new UpstreamError(`${name}: ${text}`, { service: name, retryable: false });
}
