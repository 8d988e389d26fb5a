import { type Expression, Kysely, type RawBuilder, sql } from 'kysely';
import type { Columns, DatabaseDeps, Engine, Rows } from '../engine.ts';
import type { Tables } from '../tables.ts';
import { troubleOf } from '../trouble.ts';
import { watched } from '../watched-dialect.ts';
import type { WriteWatch } from '../write-watch.ts';
import { askForTable, threadDialect } from './driver.ts';
import { startThread } from './remote.ts';
import { giveBack, settle } from './space.ts';

/** A file of one server. The process's clock is the server's, so it decides leases. */
export async function openSqlite(path: string, writes: WriteWatch, { now, log }: DatabaseDeps): Promise<Engine> {
  const remote = startThread(({ message }) => log.error({ error: message }, 'ledger is lost'));
  try {
    await remote.ask({ session: 0, kind: 'open', text: path, values: [] });
  } catch (error) {
    await remote.end();
    throw troubleOf(error);
  }
  const db = new Kysely<Tables>({ dialect: watched(threadDialect(remote), writes) });
  return {
    db,
    clock: () => sql<number>`cast(${now()} as integer)`,
    now,
    locksRows: false,
    given,
    sumIn,
    joined: (text) => sql<string>`group_concat(${text}, ',')`,
    placeIn: (text, part) => sql<number>`instr(${text}, ${sql.lit(part)})`,
    lowered: (text) => sql<string>`lower(${text})`,
    table: (statement) => askForTable(db, statement),
    giveBack: () => giveBack(db, log),
    overwrite: async () => void (await sql`PRAGMA secure_delete = ON`.execute(db)),
    settle: (_tables, isRewritten) => settle(db, isRewritten),
  };
}

/** From 3.51 on what is in a list need not be written as a text, and read again for each column. */
const EACH = sql.raw(isFrom351(process.versions.sqlite) ? 'jsonb_each' : 'json_each');

function isFrom351(version = '0.0'): boolean {
  const [major, minor] = version.split('.').map(Number);
  return major! > 3 || (major === 3 && minor! >= 51);
}

function sumIn(list: Expression<string>, name: string): RawBuilder<number> {
  const all = sql`(select coalesce(sum(json_extract(value, ${sql.lit(`$.${name}`)})), 0) from ${EACH}(${list}))`;
  const first = sql`coalesce(json_extract(${list}, ${sql.lit(`$[0].${name}`)}), 0)`;
  return sql<number>`case when json_array_length(${list}) = 1 then ${first} else ${all} end`;
}

function given<T extends object>(columns: Columns<T>, rows: Rows<T>): RawBuilder<T> {
  const fields = Object.keys(columns).map(
    (name) => sql`json_extract(value, ${sql.lit(`$.${name}`)}) as ${sql.ref(name)}`,
  );
  const list = 'length' in rows ? JSON.stringify(rows) : rows;
  return sql<T>`(select ${sql.join(fields)} from ${EACH}(${list}))`;
}
