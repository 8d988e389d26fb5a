import pg from 'pg';
import type { FactSource, TextRow } from '../facts.ts';

const CONNECT_MS = 10_000;
/** Rows in memory at a time. */
const ROWS = 100;

/** Reads one state of the tables, whoever writes to them meanwhile; locks nothing. */
export async function withSnapshot<T>(url: string, read: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    connectionString: url,
    application_name: 'sentry-monitor backup',
    connectionTimeoutMillis: CONNECT_MS,
  });
  // One that breaks between two statements is told by the next.
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('begin isolation level repeatable read read only');
    await client.query('set local statement_timeout = 0');
    await client.query('set local idle_in_transaction_session_timeout = 0');
    return await read(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}

export function sourceIn(client: pg.Client): FactSource {
  const query = async (text: string): Promise<readonly TextRow[]> => {
    const { rows } = await client.query<(string | number | boolean | null)[]>({ text, rowMode: 'array' });
    return rows.map((row) => row.map((value) => (value === null ? null : String(value))));
  };
  return {
    query,
    tables: async () => (await query(TABLES)).map(([name]) => name!),
    each: (table) => eachRow(client, table, query),
  };
}

const TABLES = `select table_name from information_schema.tables
  where table_schema = current_schema() and table_type = 'BASE TABLE' and table_name like 'sentry\\_monitor\\_%'`;

/** By their names. */
export async function columnsOf(table: string, { query }: Pick<FactSource, 'query'>): Promise<readonly string[]> {
  const rows = await query(`select column_name from information_schema.columns
    where table_schema = current_schema() and table_name = '${table}' order by column_name collate "C"`);
  return rows.map(([name]) => name!);
}

async function* eachRow(client: pg.Client, table: string, query: FactSource['query']): AsyncGenerator<TextRow> {
  const columns = (await columnsOf(table, { query })).map((name) => `"${name}"::text`);
  await client.query(`declare rows_to_copy no scroll cursor for select ${columns.join()} from ${table}`);
  for (;;) {
    const rows = await query(`fetch ${ROWS} from rows_to_copy`);
    yield* rows;
    if (rows.length < ROWS) break;
  }
  await client.query('close rows_to_copy');
}
