import { randomUUID } from 'node:crypto';
import { realFiles } from '../../../src/platform/real-files.ts';
import type { Sandbox } from '../../../sandbox/index.ts';
import { assemble, givenBy, type Program } from '../../../src/app/assemble.ts';
import { draftForStart } from '../../../src/app/live/start-draft.ts';
import { serve } from '../../../src/app/serve.ts';
import type { World } from '../../../src/app/world.ts';
import { loadMetrics } from '../../../src/integrations/observers/metrics/index.ts';
import { listen } from '../../../src/server/listen.ts';
import { diskOf } from '../build/disk.ts';
import type { Clock } from '../time/steered-clock.ts';
import type { Json } from './json.ts';

/** A filter as a team writes it into its YAML file. */
export interface FilterSpec {
  readonly name: string;
  readonly projects: readonly string[];
  readonly environments?: readonly string[];
  readonly levels?: readonly string[];
  readonly searchTerms?: readonly string[];
  readonly exclude?: readonly string[];
  readonly query?: string;
  readonly tags?: readonly string[];
  readonly trendArchived?: boolean;
  readonly top?: number;
  readonly team?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly sinks?: readonly string[];
}

export interface Posted {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: Json;
}

export interface ServiceOptions {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly filters: readonly FilterSpec[];
  readonly env?: Readonly<Record<string, string>>;
  readonly server?: string;
  /** As main does at start: looks up the projects. */
  readonly prepare?: boolean;
  /** The filters file, where it holds more than filters. */
  readonly file?: string;
}

/** The service in this process, wired as main does it, over its real HTTP. */
export interface Service {
  readonly url: string;
  readonly parts: Program;
  /** Every line it logged, parsed. */
  readonly log: readonly Record<string, Json>[];
  /** `query`: `?debug=true` or ''. */
  post(query?: string, init?: RequestInit): Promise<Posted>;
  close(): Promise<void>;
}

export function settingsFor(sandbox: Pick<Sandbox, 'url' | 'sentryUrl' | 'keys'>): Record<string, string> {
  const { url, sentryUrl, keys } = sandbox;
  return {
    TREND_BASELINES: 'off',
    SENTRY_URL: sentryUrl,
    SENTRY_ORG: keys.sentryOrg,
    SENTRY_AUTH_TOKEN: keys.sentryToken,
    NEW_RELIC_ACCOUNT_ID: keys.newRelicAccountId,
    NEW_RELIC_LICENSE_KEY: keys.newRelicKey,
    NEW_RELIC_EVENT_URL: url,
    NEW_RELIC_METRIC_URL: url,
    ANODOT_TOKEN: keys.anodotToken,
    ANODOT_URL: url,
    FILTERS: 'filters.yaml',
  };
}

/** JSON is YAML, so no quoting rules stand between a test and its filter. */
export function filtersText(filters: readonly FilterSpec[]): string {
  return JSON.stringify({ filters }, null, 1);
}

export async function startService(options: ServiceOptions): Promise<Service> {
  const { sandbox, clock, filters, server = 'host-1' } = options;
  const lines: Record<string, Json>[] = [];
  const shutdown = new AbortController();
  const text = Buffer.from(options.file ?? filtersText(filters));
  const world: World = {
    files: realFiles,
    env: { ...settingsFor(sandbox), ...options.env },
    disk: diskOf({
      statSync: () => ({ isDirectory: () => false, isFile: () => true, mtimeMs: 0 }),
      accessSync: () => undefined,
      readdirSync: () => [],
      readFileSync: () => text,
    }),
    now: clock.now,
    sleep: clock.sleep,
    uuid: randomUUID,
    random: () => 0.5,
    out: { write: (line) => lines.push(JSON.parse(line) as Record<string, Json>) },
    err: process.stderr,
    server,
    version: '0.0.0',
    shutdown: shutdown.signal,
  };
  const metrics = await loadMetrics(clock.now);
  const given = givenBy(world);
  const parts = assemble(world, given, metrics, await draftForStart(world, given, metrics.http));
  const app = serve(parts, world, metrics);
  const listening = await listen(
    app,
    { host: '127.0.0.1', port: 0 },
    { sleep: clock.sleep, abort: () => shutdown.abort() },
  );
  if (options.prepare === true) {
    const scope = parts.openScope('start', 60_000);
    await parts.source.prepare(parts.filters.filters, scope);
    scope.close();
  }
  const url = `http://127.0.0.1:${String(listening.port)}`;
  return {
    url,
    parts,
    log: lines,
    post: (query = '', init = {}) => postRun(url, query, init),
    close: async () => {
      await listening.close(60_000);
      await parts.ledger.close();
    },
  };
}

/** A closed connection each: nothing of one test is left for the next. */
export async function postRun(url: string, query = '', init: RequestInit = {}): Promise<Posted> {
  const response = await fetch(`${url}/run${query}`, {
    method: 'POST',
    ...init,
    headers: { connection: 'close', ...init.headers },
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}
