import type pg from 'pg';
import type { CopiedRow } from '../copy-text.ts';

/** Rows that go into one statement. */
const ROWS = 200;

/** Puts rows into tables that are empty. The caller has a transaction. Tables come one after the other. */
export async function fillTables(rows: Iterable<CopiedRow>, client: pg.Client): Promise<void> {
  let batch: CopiedRow[] = [];
  const flush = async (): Promise<void> => {
    if (batch.length > 0) await insert(batch, client);
    batch = [];
  };
  for (const row of rows) {
    if (batch.length === ROWS || (batch.length > 0 && batch[0]!.table !== row.table)) await flush();
    batch.push(row);
  }
  await flush();
}

async function insert(batch: readonly CopiedRow[], client: pg.Client): Promise<void> {
  const { table, columns } = batch[0]!;
  const types = await typesOf(table, client);
  const given = columns.map((name, index) => `$${index + 1}::${types.get(name)!}[]`);
  const names = columns.map((name) => `"${name}"`);
  await client.query(
    `insert into ${table} (${names.join()}) select * from unnest(${given.join()})`,
    columns.map((_, index) => batch.map(({ values }) => values[index]!)),
  );
}

async function typesOf(table: string, client: pg.Client): Promise<ReadonlyMap<string, string>> {
  const { rows } = await client.query<{ column_name: string; data_type: string }>(
    `select column_name, data_type from information_schema.columns
      where table_schema = current_schema() and table_name = $1`,
    [table],
  );
  return new Map(rows.map((row) => [row.column_name, row.data_type]));
}
