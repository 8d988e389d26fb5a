import { UpstreamError } from '../../../core/model/errors.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Finding } from '../../../core/ports/finding.ts';
import type { Answer, Ask } from '../../../core/model/reading.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { KeyCheck, Source, SourceProject } from '../../../core/ports/source.ts';
import type { SourceCost } from '../../../core/ports/source-cost.ts';
import type { Deps, Exam } from '../../plugin.ts';
import { note } from './api/answers.ts';
import { type Client, createClient } from './api/client.ts';
import { type ApiDetector, createApiDetector, fixedApi, type ServerKind } from './api/detect-api.ts';
import { publicAddress, searchUrl } from './api/links.ts';
import { listProjects } from './api/list-projects.ts';
import { createProjects, type Projects } from './api/projects.ts';
import { searchOf, sentryTime } from './api/query.ts';
import type { Reader } from './api/reader.ts';
import { examine } from './examine/index.ts';
import { withMeant } from './examine/place.ts';
import { type Means, prepare } from './examine/prepare.ts';
import { sentryCost } from './cost/index.ts';
import { createPagesReader } from './events/index.ts';
import { locate } from './issues/locate.ts';
import { createRequestQueue, type RequestQueue } from './limits/request-queue.ts';
import { NO_TAG_KEYS } from './search/check-keys.ts';
import type { SentrySettings } from './settings.ts';
import { errorsOnly } from './table/errors-only.ts';
import { createTableReader } from './table/index.ts';

/** `org`: until a reading says it itself. */
export interface SentrySource extends Source {
  readonly org: string;
  /** As a plug-in's. */
  examine(exam: Exam): AsyncIterable<Finding>;
}

/** Requests in flight for people who look at the page. */
const VIEWER_CONCURRENCY = 2;

export function createSource(settings: SentrySettings, deps: Deps, name: string): SentrySource {
  const { org, maxRows, maxPages } = settings;
  const { run, viewer, pages } = clientsOf(settings, deps, name);
  const projects = createProjects(run, deps.now);
  const baselines = settings.baselines.filter((it) => it !== 'off');
  const common = { projects, baselines, maxRows, ...publicAddress(settings.url, settings.publicUrl) };
  const readers: Readonly<Record<ServerKind, Reader>> = {
    table: createTableReader({ ...common, client: run }, viewer, deps),
    'mixed table': createTableReader({ ...common, client: errorsOnly(run) }, errorsOnly(viewer), deps),
    pages: createPagesReader({ ...common, client: pages, maxPages }, deps),
  };
  const detector = detectorOf(settings, run, projects, deps);
  const { origin } = new URL(settings.url);
  const means: Means = { name, org, token: settings.token, origin, projects, detector, readers, now: deps.now };
  const readerOf = async (scope: Scope): Promise<Reader> => readers[await detector.find(scope)];
  return {
    name,
    org,
    cost: costOf(settings),
    costNow: async (scope) => costOf(settings, await detector.find(scope)),
    prepare: (filters, scope) => prepare(filters, means, scope),
    examine: (exam) => examine(means, run, exam),
    sharesReading: async (scope) => (await readerOf(scope)).isShared,
    async series(filter, span, scope, stepMs) {
      const { series } = await readerOf(scope);
      if (series === undefined) throw unsupported(name, NO_SERIES);
      return series(filter, span, scope, stepMs);
    },
    ...searchOfPeople(common.web, projects, detector),
    async *survey(filters, window, scope) {
      const { survey } = await readerOf(scope);
      if (survey === undefined) throw unsupported(name, NO_SURVEY);
      yield* survey(filters, window, scope);
    },
    projects: (scope) => projectsOf(run, scope),
    ...singleEvents({ run, viewer, detector, now: deps.now, ...common }),
    checkKeys: (filters, scope) => checkKeys(filters, name, readerOf, scope),
    read: (asks, scope) => read(asks, { projects, detector, readers }, scope),
  };
}

interface Single {
  readonly run: Client;
  readonly viewer: Client;
  readonly detector: ApiDetector;
  readonly projects: Projects;
  readonly web: string;
  now(): number;
}

/** Those who ask for the newest of an issue wait for it. */
function singleEvents({
  run,
  viewer,
  detector,
  ...around
}: Single): Required<Pick<Source, 'locate' | 'newestText' | 'newestEvents'>> {
  return {
    locate: (eventId, scope) => locate(eventId, run, scope),
    newestText: async (issueId, scope) => (await import('./issues/newest-text.ts')).newestText(issueId, viewer, scope),
    async newestEvents(issue, limit, scope) {
      const kind = await detector.find(scope);
      if (kind === 'pages') return null;
      const { newestEvents } = await import('./issues/newest-events.ts');
      const client = kind === 'table' ? viewer : errorsOnly(viewer);
      return newestEvents(issue, limit, { client, ...around }, scope);
    },
  };
}

/** By the table only: what is read by pages has no such search. */
function searchOfPeople(
  web: string,
  projects: Projects,
  detector: ApiDetector,
): Required<Pick<Source, 'searchUrl' | 'queryOf'>> {
  const isTable = (): boolean => detector.known()?.endsWith('table') === true;
  return {
    searchUrl: (filter, { start, end }) => {
      const projectIds = projects.known(filter.projects).map(({ id }) => id);
      if (projectIds.length === 0 || !isTable()) return null;
      const { environments } = filter;
      const search = { query: searchOf(filter), projectIds, environments };
      return searchUrl(web, projects.org, { ...search, start: sentryTime(start), end: sentryTime(end) });
    },
    queryOf: (filter) => (isTable() ? searchOf(filter) : null),
  };
}

const NO_SERIES = 'this server has no time series, its events are read page by page';
const NO_SURVEY = 'this server has no events table, so it cannot say how much a filter finds; plan without --live';

function detectorOf({ source }: SentrySettings, client: Client, projects: Projects, { now }: Deps): ApiDetector {
  if (source !== 'auto') return fixedApi(source);
  return createApiDetector(client, now, (scope) => projects.resolve([], scope));
}

/** `kind`: what the server was found to be. */
function costOf(settings: SentrySettings, kind?: ServerKind): SourceCost {
  const baselines = settings.baselines.filter((it) => it !== 'off');
  return sentryCost(settings.org, { ...settings, baselines, ...(kind === 'pages' ? { source: kind } : {}) });
}

async function projectsOf(client: Client, scope: Scope): Promise<readonly SourceProject[]> {
  const { bySlug } = await listProjects(client, scope).catch(async (error: unknown) => {
    throw await withMeant(error, client, scope);
  });
  return [...bySlug.values()]
    .map(({ slug, teams = [], environments }) => ({ slug, teams, environments }))
    .toSorted((a, b) => (a.slug < b.slug ? -1 : 1));
}

interface Clients {
  readonly run: Client;
  /** People who look must not hold up a run: slots of their own, and an endpoint by which Sentry counts. */
  readonly viewer: Client;
  /** One request at a time. */
  readonly pages: Client;
}

function clientsOf(settings: SentrySettings, deps: Deps, name: string): Clients {
  const { org, token, concurrency, url: baseUrl } = settings;
  const timeoutMs = settings.timeoutSeconds * 1000;
  const connect = (instance: string, queue: RequestQueue): Client =>
    createClient({ name: instance, baseUrl, org, token, timeoutMs }, deps.http, queue);
  return {
    run: connect(name, createRequestQueue(concurrency, deps)),
    viewer: connect(name, createRequestQueue(VIEWER_CONCURRENCY, deps)),
    pages: connect(`${name}-pages`, createRequestQueue(1, deps, pageIntervals(settings))),
  };
}

/**
 * ms from request to request. Sentry counts requests for events by the minute, sixty of them, and those for a project's
 * issues by the second, five.
 */
function pageIntervals({ pagesPerSecond }: SentrySettings): ReadonlyMap<string, number> {
  return pagesPerSecond === 0
    ? new Map()
    : new Map([
        ['projects events', Math.ceil(1000 / pagesPerSecond)],
        ['projects issues', 200],
      ]);
}

function unsupported(service: string, text: string): UpstreamError {
  return new UpstreamError(`${service}: ${text}`, { service, retryable: false });
}

async function* checkKeys(
  filters: readonly Filter[],
  name: string,
  readerOf: (scope: Scope) => Promise<Reader>,
  scope: Scope,
): AsyncGenerator<KeyCheck> {
  const reader = await readerOf(scope);
  if (reader.checkKeys !== undefined) yield* reader.checkKeys(filters, scope);
  else yield* filters.map((filter) => ({ filter, untold: `${name}: ${NO_TAG_KEYS}` }));
}

interface Found {
  readonly projects: Projects;
  readonly detector: ApiDetector;
  readonly readers: Readonly<Record<ServerKind, Reader>>;
}

async function* read(
  asks: readonly Ask[],
  { projects, detector, readers }: Found,
  scope: Scope,
): AsyncGenerator<Answer> {
  if (asks.length === 0) return;
  // Either reader needs them, so they are not asked for after the kind; whoever waits for them hears of their trouble.
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
}
