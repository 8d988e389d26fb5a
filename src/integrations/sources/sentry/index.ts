import { baseUrl, commaList, inWords, oneOf, secret, type Show, text, wholeNumber } from '../../../config/formats.ts';
import { faultOf, UpstreamError } from '../../../core/model/errors.ts';
import type { Filter } from '../../../core/model/filter.ts';
import { type BaselineName, BASELINES } from '../../../core/model/reading.ts';
import type { Window } from '../../../core/model/window.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Source } from '../../../core/ports/source.ts';
import { type Deps, plugin, type Plugin } from '../../plugin.ts';
import { note } from './api/answers.ts';
import { type Client, createClient } from './api/client.ts';
import { type ApiKind, createApiDetector, fixedApi } from './api/detect-api.ts';
import { webBase } from './api/links.ts';
import { createProjects } from './api/projects.ts';
import { vet } from './api/query.ts';
import type { Reader } from './api/reader.ts';
import { createPagesReader, NO_QUERY, vetForPages } from './events/index.ts';
import { createRequestQueue, type RequestQueue } from './limits/request-queue.ts';
import { survey, type SurveyAnswer } from './survey.ts';
import { createBaselines } from './table/baselines.ts';
import { createTableReader } from './table/index.ts';
import type { ReaderOptions } from './table/narrow.ts';
import { readSeries } from './table/series.ts';

export interface SentrySettings {
  readonly url: string;
  readonly org: string;
  readonly token: string;
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly maxRows: number;
  readonly baselines: readonly (BaselineName | 'off')[];
  readonly source: 'auto' | ApiKind;
  readonly pagesPerSecond: number;
  readonly maxPages: number;
}

/** What decides how much a run asks. */
export type ReadingSettings = Pick<
  SentrySettings,
  'concurrency' | 'timeoutSeconds' | 'maxRows' | 'source' | 'pagesPerSecond' | 'maxPages'
> & { readonly baselines: readonly BaselineName[] };

export interface SentrySource extends Source {
  readonly org: string;
  readonly reading: ReadingSettings;
  /** How much each filter finds in a window and in a day. Rejects when the server has no events table to ask. */
  survey(filters: readonly Filter[], window: Window, scope: Scope): AsyncIterable<SurveyAnswer>;
}

/** A Sentry organization, read through its events table (SA §2), or where there is none through the pages of its projects' events. */
export const sentry: Plugin<SentrySource> = plugin<SentrySource, SentrySettings>({
  settings: {
    url: {
      doc: 'Address of Sentry; may have a path',
      format: baseUrl,
      default: 'https://sentry.io',
      env: 'SENTRY_URL',
    },
    org: {
      doc: 'Slug of the Sentry organization',
      format: text(/^[a-z0-9][a-z0-9_-]*$/i, 'the slug in the address of the organization, such as acme'),
      default: null,
      env: 'SENTRY_ORG',
    },
    token: {
      doc: 'Token of an internal integration with org:read, project:read, event:read',
      format: inWords('a token without the word Bearer', token),
      default: null,
      sensitive: true,
      env: 'SENTRY_AUTH_TOKEN',
    },
    concurrency: {
      doc: 'Requests to Sentry in flight at most',
      format: wholeNumber(1, 15),
      default: 5,
      env: 'SENTRY_CONCURRENCY',
    },
    timeoutSeconds: {
      doc: 'Longest wait for one answer of Sentry, seconds',
      format: wholeNumber(1, 300),
      default: 40,
      env: 'SENTRY_TIMEOUT_SECONDS',
    },
    maxRows: {
      doc: 'Issues read per filter and window',
      format: wholeNumber(100, 100_000),
      default: 1000,
      env: 'MAX_ROWS',
    },
    baselines: {
      doc: 'What trends are compared with: 1h, 1d, 7d, or off',
      format: commaList(oneOf(...BASELINES, 'off')),
      default: [...BASELINES],
      env: 'TREND_BASELINES',
    },
    source: {
      doc: 'How Sentry is read: by its events table, by pages of events (GlitchTip, old servers), or as it is found',
      format: oneOf('auto', 'table', 'pages'),
      default: 'auto',
      env: 'SENTRY_SOURCE',
    },
    pagesPerSecond: {
      doc: 'By pages: requests for events a second; 0 = as fast as they come',
      format: wholeNumber(0, 100),
      default: 1,
      env: 'SENTRY_PAGES_PER_SECOND',
    },
    maxPages: {
      doc: 'By pages: read at most per project and window',
      format: wholeNumber(1, 100_000),
      default: 200,
      env: 'MAX_PAGES',
    },
  },
  wantedBy: ['SENTRY_AUTH_TOKEN'],
  create,
  vet: (filters, { url, org, source }) =>
    source === 'pages' ? vetForPages(filters) : vet(filters, `${url}/api/0/organizations/${org}/events/?`),
});

/** Requests in flight for those who look at pages. */
const LOOKING = 2;

/** A value copied with its scheme works too. */
function token(value: string, show: Show): string {
  return secret()(value.replace(/^Bearer\s+/i, ''), show);
}

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
    reading: {
      concurrency: settings.concurrency,
      timeoutSeconds: settings.timeoutSeconds,
      maxRows,
      source: settings.source,
      pagesPerSecond: settings.pagesPerSecond,
      maxPages: settings.maxPages,
      baselines,
    },
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
