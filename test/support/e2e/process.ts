import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedRequest, Received } from '../../../sandbox/index.ts';
import { until } from './clock.ts';
import type { Json } from './json.ts';
import { type FilterSpec, filtersText, settingsFor } from './service.ts';

const ROOT = join(import.meta.dirname, '../../..');

/** A node process of this project and what it said. */
export interface Process {
  readonly child: ChildProcess;
  out(): string;
  err(): string;
  /** Code and signal, once it ended. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: string | null }>;
}

const running = new Set<ChildProcess>();

/** With nothing of this process's environment but what node needs. */
export function startProcess(args: readonly string[], env: Readonly<Record<string, string>> = {}, cwd = ROOT): Process {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const texts = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.err += text));
  const ended = new Promise<{ code: number | null; signal: string | null }>((done) =>
    child.once('close', (code, signal) => {
      running.delete(child);
      done({ code, signal });
    }),
  );
  return { child, out: () => texts.out, err: () => texts.err, ended };
}

/** Ends what a test left over; those are exactly the processes started here. */
export async function endProcesses(): Promise<void> {
  const closed = [...running].map((child) => new Promise((done) => child.once('close', done)));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(closed);
}

/** A folder that `remove` takes away. */
export function folder(files: Readonly<Record<string, string>>): {
  readonly path: string;
  file(name: string): string;
  remove(): void;
} {
  const path = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(path, name), text);
  return { path, file: (name) => join(path, name), remove: () => rmSync(path, { recursive: true }) };
}

/** The sandbox in its own process, used over its control API. */
export interface RemoteSandbox {
  readonly pid: number;
  readonly url: string;
  readonly sentryUrl: string;
  readonly keys: Parameters<typeof settingsFor>[0]['keys'];
  command(path: string, body: unknown): Promise<Json>;
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
    const response = await fetch(`${url}/sandbox/${path}`, init);
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

/** `node src/main.ts` with the flags of the Procfile against a sandbox, once it listens and has looked up its projects. */
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
  const log = (): Record<string, Json>[] =>
    it
      .out()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, Json>);
  const port = (): unknown => log().find(({ msg }) => msg === 'listening')?.['port'];
  await until(
    `the service listens (it said: ${it.err()})`,
    () => port() !== undefined || it.child.exitCode !== null,
    30_000,
  );
  if (port() === undefined) throw new Error(`the service did not start: ${it.err()}`);
  return { ...it, url: `http://127.0.0.1:${String(port())}`, log };
}

/** As startRemoteService, once it has looked up its projects and the kind of server: from then on every request belongs to a run. */
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
