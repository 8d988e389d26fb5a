import { z } from 'zod';
import { UpstreamError } from '../../../../core/model/errors.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { SeriesCount } from '../../../../core/model/reading.ts';
import { PERIOD_MS, type Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { Client } from '../api/client.ts';
import { type Params, type Selection, sentryTime } from '../api/query.ts';
import { NO_TABLE } from '../api/rows.ts';
import { narrow, type ReaderOptions, type TableParts } from './narrow.ts';

const NO_PARTS: TableParts = { totals: NO_TABLE, rows: NO_TABLE, splits: NO_TABLE, hour: null };
/** Instants below this are seconds: the reference shows both (SA §3.1). */
const SECONDS_BELOW = 100_000_000_000;

const Series = z.object({
  timeSeries: z.array(
    z.object({
      yAxis: z.string(),
      values: z.array(
        z.object({ timestamp: z.number(), value: z.number().nullable(), incomplete: z.boolean().optional() }),
      ),
    }),
  ),
});

/** A filter's counts by windows from Sentry's own time series (SA §3.1): one request, whatever the span. */
export async function readSeries(
  filter: Filter,
  span: Window,
  options: ReaderOptions,
  scope: Scope,
): Promise<readonly SeriesCount[]> {
  let counts: readonly SeriesCount[] | null = null;
  const narrowed = await narrow({ filter, window: span, want: 'totals' }, options, scope, async (selection) => {
    counts = await ask(options.client, selection, scope);
    return NO_PARTS;
  });
  if (narrowed.projects.length === 0)
    throw trouble(options.client, narrowed.gaps[0]?.detail ?? 'none of its projects can be read');
  // Environments without an event yet: nothing was asked, and there was nothing.
  return (counts ?? zeros(span)).map((count) => ({ ...count, complete: count.complete && narrowed.gaps.length === 0 }));
}

async function ask(client: Client, selection: Selection, scope: Scope): Promise<readonly SeriesCount[]> {
  const url = client.url('events-timeseries');
  try {
    const { body } = await client.get(url, paramsOf(selection, selection.environments), scope);
    return countsIn(client, body, selection.window);
  } catch (error) {
    if (!(error instanceof UpstreamError) || error.status !== 404) throw error;
    // NOTE: an unknown environment is a 404, and so is a server that has no time series: taken for the other it would be a row of zeros.
    if (selection.environments.length === 0)
      throw trouble(client, 'this server has no time series (events-timeseries)');
    await ask(client, { ...selection, environments: [] }, scope);
    throw error;
  }
}

function paramsOf({ query, projectIds, window }: Selection, environments: readonly string[]): Params {
  return [
    ['dataset', 'errors'],
    ['yAxis', 'count()'],
    ['interval', `${PERIOD_MS / 60_000}m`],
    ['query', query],
    ['start', sentryTime(window.start)],
    ['end', sentryTime(window.end)],
    ...projectIds.map((id): [string, string] => ['project', id]),
    ...environments.map((name): [string, string] => ['environment', name]),
  ];
}

/** Nothing matched at all: no series (SA §3.1). */
function countsIn(client: Client, body: unknown, span: Window): readonly SeriesCount[] {
  const { success, data } = Series.safeParse(body);
  if (!success) throw trouble(client, 'its time series has a form that is not known');
  const values = data.timeSeries.find(({ yAxis }) => yAxis === 'count()')?.values;
  if (values === undefined) return zeros(span);
  const counts = values.map(({ timestamp, value, incomplete }) => ({
    start: timestamp < SECONDS_BELOW ? timestamp * 1000 : timestamp,
    events: value,
    complete: incomplete !== true,
  }));
  if (
    counts.some(({ start }) => start % PERIOD_MS !== 0) ||
    counts.some(({ start }, index) => index > 0 && start - counts[index - 1]!.start !== PERIOD_MS)
  ) {
    throw trouble(client, 'its time series is not in steps of five minutes');
  }
  return counts.flatMap(({ events, ...count }) =>
    events === null || count.start < span.start || count.start >= span.end ? [] : [{ ...count, events }],
  );
}

function zeros({ start, end }: Window): readonly SeriesCount[] {
  return Array.from({ length: (end - start) / PERIOD_MS }, (_, index) => ({
    start: start + index * PERIOD_MS,
    events: 0,
    complete: true,
  }));
}

function trouble({ name }: Client, text: string): UpstreamError {
  return new UpstreamError(`${name}: ${text}`, { service: name, retryable: false });
}
