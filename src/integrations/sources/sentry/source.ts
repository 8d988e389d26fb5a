import { faultOf, UpstreamError } from '../../../core/model/errors.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Answer, Ask } from '../../../core/model/reading.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { KeyCheck, Source } from '../../../core/ports/source.ts';
import type { SourceCost } from '../../../core/ports/source-cost.ts';
import type { Deps } from '../../plugin.ts';
import { note } from './api/answers.ts';
import { type Client, createClient } from './api/client.ts';
import { type ApiDetector, createApiDetector, fixedApi, type ServerKind } from './api/detect-api.ts';
import { publicAddress } from './api/links.ts';
import { createProjects, type Projects } from './api/projects.ts';
import type { Reader } from './api/reader.ts';
import { placed } from './names/to-mend.ts';
import { sentryCost } from './cost/index.ts';
import { createPagesReader } from './events/index.ts';
import { createRequestQueue, type RequestQueue } from './limits/request-queue.ts';
import { NO_TAG_KEYS } from './search/check-keys.ts';
import type { SentrySettings } from './settings.ts';
import { errorsOnly } from './table/errors-only.ts';
import { createTableReader } from './table/index.ts';

/** `org`: until a reading says it itself. */
export interface SentrySource extends Source {
  readonly org: string;
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
  const detector = settings.source === 'auto' ? createApiDetector(run, deps.now) : fixedApi(settings.source);
  const readerOf = async (scope: Scope): Promise<Reader> => readers[await detector.find(scope)];
  return {
    name,
    org,
    cost: costOf(settings),
    costNow: async (scope) => costOf(settings, await detector.find(scope)),
    prepare: (filters, scope) => prepare(filters, projects, readerOf, scope),
    sharesReading: async (scope) => (await readerOf(scope)).isShared,
    async series(filter, span, scope) {
      const { series } = await readerOf(scope);
      if (series === undefined)
        throw unsupported(name, 'this server has no time series, its events are read page by page');
      return series(filter, span, scope);
    },
    async *survey(filters, window, scope) {
      const { survey } = await readerOf(scope);
      if (survey === undefined)
        throw unsupported(
          name,
          'this server has no events table, so it cannot say how much a filter finds; plan without --live',
        );
      yield* survey(filters, window, scope);
    },
    checkKeys: (filters, scope) => checkKeys(filters, name, readerOf, scope),
    read: (asks, scope) => read(asks, { projects, detector, readers }, scope),
  };
}

/** `kind`: what the server was found to be. */
function costOf(settings: SentrySettings, kind?: ServerKind): SourceCost {
  const baselines = settings.baselines.filter((it) => it !== 'off');
  return sentryCost(settings.org, { ...settings, baselines, ...(kind === 'pages' ? { source: kind } : {}) });
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

async function prepare(
  filters: readonly Filter[],
  projects: Projects,
  readerOf: (scope: Scope) => Promise<Reader>,
  scope: Scope,
): Promise<readonly string[]> {
  const [complaints, reader] = await Promise.all([
    projectsToMend(filters, projects, scope).catch((error: unknown) => [faultOf(error).message]),
    readerOf(scope),
  ]);
  return [...complaints, ...reader.objections(filters)];
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

/** Each sentence once: filters may have their projects from the same line. Rejects when the list cannot be had. */
async function projectsToMend(
  filters: readonly Filter[],
  projects: Projects,
  scope: Scope,
): Promise<readonly string[]> {
  await projects.resolve([...new Set(filters.flatMap((filter) => filter.projects))], scope);
  const found = await Promise.all(
    filters.map(async (filter) => placed((await projects.resolve(filter.projects, scope)).gaps, filter)),
  );
  return [...new Set(found.flat().map(({ detail, reason }) => detail ?? reason))];
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
