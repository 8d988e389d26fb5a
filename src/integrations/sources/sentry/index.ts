import { faultOf, UpstreamError } from '../../../core/model/errors.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Source } from '../../../core/ports/source.ts';
import { type Deps, plugin, type Plugin } from '../../plugin.ts';
import { note } from './api/answers.ts';
import { type Client, createClient } from './api/client.ts';
import { type ApiKind, createApiDetector, fixedApi } from './api/detect-api.ts';
import { webBase } from './api/links.ts';
import { createProjects } from './api/projects.ts';
import { vet } from './api/query.ts';
import type { Reader } from './api/reader.ts';
import { sentryCost } from './cost/index.ts';
import { createPagesReader, NO_QUERY, vetForPages } from './events/index.ts';
import { createRequestQueue, type RequestQueue } from './limits/request-queue.ts';
import { type SentrySettings, SETTINGS } from './settings.ts';
import { survey } from './survey.ts';
import { createBaselines } from './table/baselines.ts';
import { createTableReader } from './table/index.ts';
import type { ReaderOptions } from './table/narrow.ts';
import { readSeries } from './table/series.ts';

/** `org`: until a reading says it itself. */
export interface SentrySource extends Source {
  readonly org: string;
}

/** A Sentry organization, read through its events table (SA §2), or where there is none through the pages of its projects' events. */
export const sentry: Plugin<SentrySource> = plugin<SentrySource, SentrySettings>({
  settings: SETTINGS,
  wantedBy: ['SENTRY_AUTH_TOKEN'],
  create,
  vet: (filters, { url, org, source }) =>
    source === 'pages' ? vetForPages(filters) : vet(filters, `${url}/api/0/organizations/${org}/events/?`),
});

/** Requests in flight for those who look at pages. */
const LOOKING = 2;

function create(settings: SentrySettings, deps: Deps, name: string): SentrySource {
  const { org, maxRows } = settings;
  const connect = (instance: string, requestQueue: RequestQueue): Client =>
    createClient(
      { name: instance, baseUrl: settings.url, org, token: settings.token, timeoutMs: settings.timeoutSeconds * 1000 },
      deps.http,
      requestQueue,
    );
  const client = connect(name, createRequestQueue(settings.concurrency, deps));
  const pageClient = connect(`${name}-pages`, createRequestQueue(1, deps, paceOf(settings)));
  const projects = createProjects(client, deps.now);
  const baselines = settings.baselines.filter((it) => it !== 'off');
  const common = { projects, baselines, maxRows, web: webBase(settings.url) };
  const readers: Readonly<Record<ApiKind, Reader>> = {
    table: createTableReader({ ...common, client }, deps),
    pages: createPagesReader({ ...common, client: pageClient, maxPages: settings.maxPages }, deps),
  };
  // People who look must not hold up a run: slots of their own, and an endpoint of their own, by which Sentry counts (SA §8.1).
  const looking: ReaderOptions = {
    ...common,
    client: connect(name, createRequestQueue(LOOKING, deps)),
    baselines: createBaselines(client, []),
  };
  const detector = settings.source === 'auto' ? createApiDetector(client, deps.now) : fixedApi(settings.source);
  return {
    name,
    org,
    cost: sentryCost(org, { ...settings, baselines }),
    async *survey(filters, window, scope) {
      if ((await detector.find(scope)) === 'pages')
        throw new UpstreamError(
          `${name}: this server has no events table, so it cannot say how much a filter finds; plan without --live`,
          { service: name, retryable: false },
        );
      yield* survey(filters, window, { client, projects, sleep: deps.sleep }, scope);
    },
    async prepare(filters, scope) {
      const slugs = [...new Set(filters.flatMap((filter) => filter.projects))];
      const [{ gaps }, kind] = await Promise.all([
        projects.resolve(slugs, scope).catch((error: unknown) => ({ gaps: [{ detail: faultOf(error).message }] })),
        detector.find(scope),
      ]);
      return [
        ...gaps.map(({ detail }) => detail ?? 'a project cannot be read'),
        ...(kind === 'pages' ? unreadByPages(filters) : []),
      ];
    },
    // Pages are read once for all filters of a project.
    sharesReading: async (scope) => (await detector.find(scope)) === 'pages',
    async series(filter, span, scope) {
      if ((await detector.find(scope)) === 'pages')
        throw new UpstreamError(`${name}: this server has no time series, its events are read page by page`, {
          service: name,
          retryable: false,
        });
      return readSeries(filter, span, looking, scope);
    },
    async *read(asks, scope) {
      if (asks.length === 0) return;
      // Needed by either kind, so not after it; whoever waits for them hears of their trouble.
      projects.resolve([], scope).catch(() => undefined);
      const kind = await detector.find(scope);
      const renewed = detector.renew(scope);
      // By pages one request is in flight.
      if (kind === 'pages') await renewed;
      for await (const it of readers[kind].read(asks, scope)) {
        note(it, scope);
        yield it;
      }
      await renewed;
    },
  };
}

function unreadByPages(filters: readonly Filter[]): readonly string[] {
  return filters.filter(({ query }) => query !== undefined).map(({ name }) => `filter ${name}: ${NO_QUERY}`);
}

/** Sentry counts requests for events by the minute, sixty of them, and those for a project's issues by the second, five (SA §8.3). */
function paceOf({ pagesPerSecond }: SentrySettings): ReadonlyMap<string, number> {
  return pagesPerSecond === 0
    ? new Map()
    : new Map([
        ['projects events', Math.ceil(1000 / pagesPerSecond)],
        ['projects issues', 200],
      ]);
}
