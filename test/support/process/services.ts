import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedRequest, Received } from '../../../sandbox/index.ts';
import type { Json } from '../e2e/json.ts';
import { type FilterSpec, filtersText, settingsFor } from '../e2e/service.ts';
import { until } from '../time/until.ts';
import { type Process, startProcess, ROOT } from './processes.ts';
import { folder } from './temp-folder.ts';

/** The sandbox in its own process, used over its control API. */
export interface RemoteSandbox {
  readonly pid: number;
  readonly url: string;
  readonly sentryUrl: string;
  readonly keys: Parameters<typeof settingsFor>[0]['keys'];
  command(path: string, body: unknown): Promise<Json>;
  /** No fault is left. */
  heal(): Promise<void>;
  received(): Promise<Received & { readonly anodot: { readonly series: readonly unknown[] } }>;
  requests(): Promise<{
    readonly requests: readonly LoggedRequest[];
    readonly maxInFlight: Readonly<Record<string, number>>;
  }>;
}

export async function startRemoteSandbox(args: readonly string[] = []): Promise<RemoteSandbox> {
  const it = startProcess(['sandbox/server.ts', '--story', 'none', ...args]);
  await until('the sandbox says where it is', () => it.out().includes('\n'));
  const { url, sentryUrl, keys } = JSON.parse(it.out()) as RemoteSandbox;
  const ask = async (path: string, init: RequestInit = {}): Promise<Json> => {
    // NOTE: a connection kept open is closed by the other side after 5 s, which may be just when it is used again.
    const response = await fetch(`${url}/sandbox/${path}`, { ...init, headers: { connection: 'close' } });
    const body: unknown = await response.json();
    if (!response.ok) throw new Error(`sandbox ${path}: ${JSON.stringify(body)}`);
    return body;
  };
  return {
    pid: it.child.pid!,
    url,
    sentryUrl,
    keys,
    command: (path, body) => ask(path, { method: 'POST', body: JSON.stringify(body) }),
    heal: async () => void (await ask('faults', { method: 'DELETE' })),
    received: () => ask('received') as Promise<Awaited<ReturnType<RemoteSandbox['received']>>>,
    requests: () => ask('requests') as Promise<Awaited<ReturnType<RemoteSandbox['requests']>>>,
  };
}

export interface RemoteService extends Process {
  readonly url: string;
  /** Its log lines so far. */
  log(): Record<string, Json>[];
}

/** What the Procfile gives node before `-r`: how memory is managed. */
export const MEMORY_FLAGS: readonly string[] = /^web: node (.*?) ?-r /m
  .exec(readFileSync(join(ROOT, 'Procfile'), 'utf8'))![1]!
  .split(' ');

const EXAMINED_MS = 10_000;

/** `node src/main.ts` with the flags of the Procfile against a sandbox, once it listens. */
export async function startRemoteService(
  sandbox: Pick<RemoteSandbox, 'url' | 'sentryUrl' | 'keys'>,
  filters: readonly FilterSpec[],
  env: Readonly<Record<string, string>> = {},
): Promise<RemoteService> {
  const files = folder({ 'filters.yaml': filtersText(filters) });
  const it = startProcess([...MEMORY_FLAGS, 'src/main.ts'], {
    ...settingsFor(sandbox),
    FILTERS: files.file('filters.yaml'),
    PORT: '0',
    ...env,
  });
  void it.ended.then(() => files.remove());
  return listening(it);
}

/** A process of the service, once it listens and has looked at what it depends on. Throws when it ends before. */
export async function listening(it: Process): Promise<RemoteService> {
  const log = (): Record<string, Json>[] =>
    it
      .out()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, Json>);
  const port = (): unknown => log().find(({ msg }) => msg === 'listening')?.['port'];
  await until(`the service listens (it said: ${it.err()})`, () => port() !== undefined || it.child.exitCode !== null);
  if (port() === undefined) throw new Error(`the service did not start: ${it.err()}`);
  // What it asks vendors at its start must not meet the faults of a test. One that hangs there is not waited for.
  await until(
    'it has looked at what it depends on',
    () => log().some(({ msg }) => msg === 'examined'),
    EXAMINED_MS,
  ).catch(() => undefined);
  return { ...it, url: `http://127.0.0.1:${String(port())}`, log };
}

/**
 * As startRemoteService, once it has looked up its projects and the kind of server.
 * From then on every request belongs to a run.
 */
export async function startReadyService(
  sandbox: RemoteSandbox,
  filters: readonly FilterSpec[],
  env: Readonly<Record<string, string>> = {},
): Promise<RemoteService> {
  const before = (await sandbox.requests()).requests.length;
  const service = await startRemoteService(sandbox, filters, env);
  await until(
    'the projects and the kind of server are looked up',
    async () =>
      (await sandbox.requests()).requests
        .slice(before)
        .filter(({ endpoint, status }) => ['projects', 'events-table'].includes(endpoint) && status === 200).length ===
      2,
  );
  return service;
}

/** Two projects with 34 and 11 events in the window that ends at `end`, and more that come after it. */
export async function fillTwoProjects(sandbox: RemoteSandbox, end: number): Promise<void> {
  await sandbox.command('projects', [{ slug: 'web' }, { slug: 'api' }]);
  await sandbox.command('events', [
    { at: end - 300_000, project: 'web', issue: 101, title: 'Error: one', user: 'id:1', repeat: 30 },
    { at: end - 1000, project: 'web', issue: 102, title: 'Error: two', repeat: 4 },
    { at: end - 60_000, project: 'api', issue: 201, title: 'Error: three', user: 'id:2', repeat: 11 },
    { at: end, project: 'web', issue: 101, repeat: 99 },
  ]);
}
