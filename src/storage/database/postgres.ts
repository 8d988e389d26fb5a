import { Socket } from 'node:net';
import { type Expression, Kysely, PostgresDialect, type RawBuilder, sql } from 'kysely';
import pg from 'pg';
import type { Log } from '../../core/ports/scope.ts';
import type { Columns, DatabaseDeps, Engine, Rows } from './engine.ts';
import { tableIn, type Value } from './table.ts';
import type { Tables } from './tables.ts';
import { watched } from './watched-dialect.ts';
import type { WriteWatch } from './write-watch.ts';

const CONNECTIONS = 4;
/** To connect; for one statement; until an idle connection is given back, ms. */
const CONNECT_MS = 5_000;
const STATEMENT_MS = 10_000;
const IDLE_MS = 60_000;

/** A PostgreSQL that several servers share: its clock decides leases, its row locks who is first. */
export function openPostgres(url: string, writes: WriteWatch, { log, leaseMs, now }: DatabaseDeps): Engine {
  const sockets = createSockets();
  const pool = new pg.Pool({
    connectionString: url,
    stream: sockets.open,
    application_name: 'sentry-monitor',
    max: CONNECTIONS,
    keepAlive: true,
    allowExitOnIdle: true,
    connectionTimeoutMillis: CONNECT_MS,
    idleTimeoutMillis: IDLE_MS,
    // Later than the server's own limit, which says more: only a connection that is dead comes to this.
    query_timeout: STATEMENT_MS + 1_000,
    statement_timeout: STATEMENT_MS,
    // A server that froze in a transaction loses it before its lease, so that nobody waits for its locks.
    idle_in_transaction_session_timeout: Math.ceil(Math.min(STATEMENT_MS, leaseMs / 3)),
    types: { getTypeParser },
  });
  listen(pool, log);
  const end = async (): Promise<void> => {
    await pool.end();
    sockets.end();
  };
  const dialect = new PostgresDialect({ pool: { connect: () => pool.connect(), end, options: pool.options } });
  const db = new Kysely<Tables>({ dialect: watched(dialect, writes) });
  return {
    db,
    clock: () => sql<number>`cast(extract(epoch from statement_timestamp()) * 1000 as bigint)`,
    now,
    locksRows: true,
    given,
    sumIn,
    joined: (text) => sql<string>`string_agg(${text}, ',')`,
    placeIn: (text, part) => sql<number>`strpos(${text}, ${sql.lit(part)})`,
    lowered: (text) => sql<string>`lower(${text} collate "C")`,
    settle: (tables) => vacuum(db, tables),
    table: async (statement) => tableIn((await db.executeQuery<Record<string, Value>>(statement.compile())).rows),
  };
}

function listen(pool: pg.Pool, log: Log): void {
  // An idle connection that breaks is replaced by the next statement.
  pool.on('error', (error) => log.warn({ error: error.message }, 'ledger: a connection broke'));
  // NOTE: the pool listens only to idle connections: one that breaks in a transaction would end the process.
  pool.on('connect', (client) => void client.on('error', () => undefined));
}

/** Null: it was done; else why not of which. */
async function vacuum(db: Kysely<Tables>, tables: readonly string[]): Promise<string | null> {
  const failed: string[] = [];
  for (const table of tables)
    await sql`vacuum ${sql.table(table)}`.execute(db).catch((error: Error) => {
      failed.push(`${table} (${error.message})`);
    });
  return failed.length === 0 ? null : `VACUUM was not done of ${failed.join(', ')}; let somebody do it by hand`;
}

/**
 * NOTE: a client that gives up by itself, as without a password to answer with, leaves its connection open, and so a
 * minute's life to a process that has nothing more to do.
 */
function createSockets(): { readonly open: () => Socket; readonly end: () => void } {
  const opened = new Set<Socket>();
  const open = (): Socket => {
    const socket = new Socket();
    opened.add(socket);
    return socket.once('close', () => opened.delete(socket));
  };
  return { open, end: () => opened.forEach((socket) => socket.destroy()) };
}

/**
 * NOTE: a list of one is what most rows have, and takes a seventh of the time this way. A number stands behind its name
 * as `JSON.stringify` writes it, and the quotation marks of no other text there are followed by a colon.
 */
function sumIn(list: Expression<string>, name: string): RawBuilder<number> {
  const all = sql`(select cast(coalesce(sum(cast(value ->> ${sql.lit(name)} as bigint)), 0) as bigint)
    from json_array_elements(cast(${list} as json)) as listed(value))`;
  const rest = sql`split_part(${list}, ${sql.lit(`"${name}":`)}, 2)`;
  const number = sql`nullif(nullif(split_part(split_part(${rest}, ',', 1), '}', 1), ''), 'null')`;
  return sql<number>`case when ${list} like '%},{%' then ${all} else coalesce(cast(${number} as bigint), 0) end`;
}

function given<T extends object>(columns: Columns<T>, rows: Rows<T>): RawBuilder<T> {
  const typed = Object.entries(columns).map(([name, type]) => sql`${sql.ref(name)} ${sql.raw(String(type))}`);
  const list = 'length' in rows ? JSON.stringify(rows) : rows;
  return sql<T>`(select * from json_to_recordset(cast(${list} as json)) as given(${sql.join(typed)}))`;
}

/** 64-bit integers are milliseconds and counts here: they fit into a number. */
const INT8 = 20;

function getTypeParser(oid: number, format?: 'text' | 'binary'): unknown {
  return oid === INT8 ? Number : pg.types.getTypeParser(oid, format);
}
