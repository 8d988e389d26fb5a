import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Cluster, startCluster } from './cluster.ts';

export interface TestDatabase {
  readonly url: string;
  readonly host: string;
  readonly port: number;
  /** The same database, reached at another address. */
  at(port: number): string;
  query(text: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  drop(): Promise<void>;
}

type Place = Pick<Cluster, 'host' | 'port' | 'password'>;

const state: { own?: Promise<Cluster>; shared?: Promise<Place> } = {};

/** An empty database of the one PostgreSQL that a run of tests has; a bench or a proof has its own. */
export async function freshDatabase(): Promise<TestDatabase> {
  const { host, port, password } = await server();
  const name = `ledger_${randomUUID().replaceAll('-', '')}`;
  const at = (where: number, database = name): string =>
    `postgres://postgres:${password}@${host}:${String(where)}/${database}`;
  const admin = async (text: string): Promise<void> => {
    const client = new pg.Client({ connectionString: at(port, 'postgres') });
    await client.connect();
    try {
      await client.query(text);
    } finally {
      await client.end();
    }
  };
  await admin(`create database ${name}`);
  const pool = new pg.Pool({ connectionString: at(port), max: 2 });
  pool.on('error', () => undefined);
  return {
    url: at(port),
    host,
    port,
    at: (where) => at(where),
    query: async (text, values = []) => (await pool.query<Record<string, unknown>>(text, [...values])).rows,
    drop: async () => {
      await pool.end();
      await admin(`drop database ${name}`);
    },
  };
}

/** Ends the server of a bench or a proof; the next database starts another one. */
export async function stopPostgres(): Promise<void> {
  const cluster = await state.own;
  delete state.own;
  await cluster?.stop();
}

function server(): Promise<Place> {
  const desk = process.env['TEST_POSTGRES'];
  return desk === undefined ? (state.own ??= startCluster()) : (state.shared ??= askFor(desk));
}

async function askFor(desk: string): Promise<Place> {
  const response = await fetch(desk, { headers: { connection: 'close' } });
  const body = (await response.json()) as Place & { readonly error?: string };
  if (!response.ok) throw new Error(body.error);
  return body;
}
