import type { Scope, Source } from '../../core/ports.ts';
import type { Answer, Ask } from '../../core/types.ts';
import { BASELINES, type BaselineName } from '../../core/types.ts';
import { faultOf } from '../../core/errors.ts';
import { baseUrl, commaList, oneOf, plugin, secret, text, wholeNumber, type Deps, type Plugin, type Show } from '../../plugin.ts';
import { createBaselines } from './baselines.ts';
import { createBudget } from './budget.ts';
import { createClient } from './client.ts';
import { openDetails, type DetailsCache } from './details.ts';
import { earlier } from './early.ts';
import { checkFreshness, findSilence } from './freshness.ts';
import { webBase } from './links.ts';
import { createProjects } from './projects.ts';
import { vet } from './query.ts';
import { readFilter } from './reader.ts';
import type { ReaderOptions } from './view.ts';

export interface SentrySettings {
  readonly url: string;
  readonly org: string;
  readonly token: string;
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly maxRows: number;
  readonly baselines: readonly (BaselineName | 'off')[];
}

/** A Sentry organization, read through its events table (SA §2), its issues and its projects. */
export const sentry: Plugin<Source & { readonly org: string }> = plugin<Source & { readonly org: string }, SentrySettings>({
  settings: {
    url: { doc: 'Address of Sentry; may have a path', format: baseUrl, default: 'https://sentry.io', env: 'SENTRY_URL' },
    org: { doc: 'Slug of the Sentry organization', format: text(/^[a-z0-9][a-z0-9_-]*$/i, 'the slug in the address of the organization, such as acme'), default: null, env: 'SENTRY_ORG' },
    token: { doc: 'Token of an internal integration with org:read, project:read, event:read', format: token, default: null, sensitive: true, env: 'SENTRY_AUTH_TOKEN' },
    concurrency: { doc: 'Requests to Sentry in flight', format: wholeNumber(1, 15), default: 5, env: 'SENTRY_CONCURRENCY' },
    timeoutSeconds: { doc: 'Longest wait for one answer of Sentry, seconds', format: wholeNumber(1, 300), default: 40, env: 'SENTRY_TIMEOUT_SECONDS' },
    maxRows: { doc: 'Issues read per filter and window', format: wholeNumber(100, 100_000), default: 1000, env: 'MAX_ROWS' },
    baselines: { doc: 'What trends are compared with: 1h, 1d, 7d, or off', format: commaList(oneOf(...BASELINES, 'off')), default: [...BASELINES], env: 'TREND_BASELINES' },
  },
  wantedBy: ['SENTRY_AUTH_TOKEN'],
  create,
  vet: (filters, { url, org }) => vet(filters, `${url}/api/0/organizations/${org}/events/?`),
});

/** A value copied with its scheme works too. */
function token(value: string, show: Show): string {
  return secret()(value.replace(/^Bearer\s+/i, ''), show);
}

function create(settings: SentrySettings, deps: Deps, name: string): Source & { readonly org: string } {
  const budget = createBudget(settings.concurrency, deps);
  const client = createClient({ name, baseUrl: settings.url, org: settings.org, token: settings.token, timeoutMs: settings.timeoutSeconds * 1000 }, deps.http, budget);
  const projects = createProjects(client, deps.now);
  const cache: DetailsCache = new Map();
  const baselines = createBaselines(client, settings.baselines.filter((it) => it !== 'off'));
  const options: ReaderOptions = { client, projects, baselines, maxRows: settings.maxRows, web: webBase(settings.url) };
  return {
    name,
    org: settings.org,
    async prepare(filters, scope) {
      const slugs = [...new Set(filters.flatMap((filter) => filter.projects))];
      const { gaps } = await projects.resolve(slugs, scope).catch((error: unknown) => ({ gaps: [{ detail: faultOf(error).message }] }));
      return gaps.map(({ detail }) => detail ?? 'a project cannot be read');
    },
    async *read(asks, scope) {
      const early = earlier(scope, deps.now());
      const details = openDetails(client, cache, asks.length, early, deps);
      const answers = asTheyCome(asks.map((ask) => answer(ask, () => readFilter(ask, options, details, { totals: scope, rest: early }))));
      for await (const it of checkFreshness(answers, (window) => findSilence(client, window, early))) {
        note(it, scope);
        yield it;
      }
    },
  };
}

async function answer(ask: Ask, read: () => ReturnType<typeof readFilter>): Promise<Answer> {
  try {
    return { ask, reading: await read() };
  } catch (error) {
    return { ask, fault: faultOf(error) };
  }
}

function note(it: Answer, { log }: Scope): void {
  if ('fault' in it) return;
  const filter = it.ask.filter.name;
  for (const warning of it.reading.warnings) log.warn({ filter, warning }, 'odd reading');
  for (const gap of it.reading.gaps) log.warn({ filter, ...gap }, 'gap');
}

/** Yields each result when it is there, the fastest first. None of the promises may reject. */
async function* asTheyCome<T>(promises: readonly Promise<T>[]): AsyncGenerator<T> {
  const left = new Map(promises.map((promise, index) => [index, promise.then((value) => ({ index, value }))]));
  while (left.size > 0) {
    const { index, value } = await Promise.race(left.values());
    left.delete(index);
    yield value;
  }
}
