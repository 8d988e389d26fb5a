import { type RawBuilder, sql } from 'kysely';
import type { ClaimKey } from '../../core/model/receipt.ts';
import type { Claimed, Claims, Hold, Settlement } from '../../core/ports/claims.ts';
import { COUNTER } from '../../core/ports/recounts.ts';
import type { Log } from '../../core/ports/scope.ts';
import type { Database } from '../database/database.ts';
import type { Engine } from '../database/engine.ts';
import type { ClaimRow } from '../database/tables.ts';
import { locked, named, NAMED, type Named } from './locked.ts';
import { claimOf, itemsIn, keyed, KEYED, outcomesIn, receiptIn, textOf } from './texts.ts';

export interface ClaimsDeps {
  uuid(): string;
  /** Name of this server. */
  readonly server: string;
  readonly log: Log;
}

/** Claims in tables. A call makes the same few statements however many keys there are, up to some thousand. */
export function sqlClaims(database: Database, deps: ClaimsDeps): Claims {
  return {
    claim: async (keys, leaseMs) =>
      keys.length === 0
        ? []
        : claim(await database.ready(), keys, leaseMs, { token: deps.uuid(), server: deps.server, log: deps.log }),
    renew: async (holds, leaseMs) => (holds.length === 0 ? [] : renew(await database.ready(), holds, leaseMs)),
    settle: async (done) => (done.length === 0 ? [] : settle(await database.ready(), done)),
    open: async (since) => open(await database.ready(), since),
  };
}

/** One token serves a whole call: who holds a row is who wrote the row's token. */
interface Claimant {
  readonly token: string;
  readonly server: string;
  readonly log: Log;
}

/** Rows for keys that are new are ours at once; of the others those that nobody holds. */
async function claim(
  engine: Engine,
  keys: readonly ClaimKey[],
  leaseMs: number,
  claimant: Claimant,
): Promise<readonly Claimed[]> {
  const names = keys.map(claimOf);
  const fresh = new Set(await insert(engine, keys, leaseMs, claimant));
  const known = names.filter((name) => !fresh.has(name));
  const won = new Map(
    known.length === 0 ? [] : (await take(engine, known, leaseMs, claimant)).map((row) => [row.claim, row]),
  );
  const left = known.filter((name) => !won.has(name));
  const done = new Map(left.length === 0 ? [] : await receipts(engine, left));
  return names.map((name): Claimed => {
    if (fresh.has(name)) return { status: 'ours', token: claimant.token, delivered: new Map() };
    const row = won.get(name);
    if (row !== undefined)
      return {
        status: 'ours',
        token: claimant.token,
        delivered: outcomesIn(row.delivered),
        ...kept(row, claimant.log),
      };
    return done.has(name) ? { status: 'done', receipt: receiptIn(done.get(name)!) } : { status: 'held' };
  });
}

async function receipts({ db, given }: Engine, names: readonly string[]): Promise<readonly [string, string | null][]> {
  const rows = await db
    .with(
      (cte) => cte('asked').materialized(),
      () => given<Named>(NAMED, named(names)),
    )
    .selectFrom('sentry_monitor_claims')
    .select(['claim', 'receipt'])
    .where('claim', 'in', (query) => query.selectFrom('asked').select('name'))
    .where('done', '=', 1)
    .execute();
  return rows.map(({ claim: name, receipt }) => [name, receipt]);
}

type Won = Pick<ClaimRow, 'claim' | 'delivered' | 'items'>;

/** What was kept for sending; something odd there is as good as nothing, and the window is read again. */
function kept({ claim: name, items }: Won, log: Log): Pick<Extract<Claimed, { status: 'ours' }>, 'items'> {
  const found = items === null ? null : itemsIn(items);
  if (items !== null && found === null)
    log.error({ claim: name }, 'ledger: kept items cannot be read, the window is read again');
  return found === null ? {} : { items: found };
}

/** The claims that were new. In one order on all servers: who inserts a report's first row gets its other sinks too, so that it is read once. */
async function insert(
  { db, clock, given }: Engine,
  keys: readonly ClaimKey[],
  leaseMs: number,
  { token, server }: Claimant,
): Promise<readonly string[]> {
  const inserted = await db
    .with(
      (cte) => cte('asked').materialized(),
      () => given(KEYED, keys.map(keyed)),
    )
    .insertInto('sentry_monitor_claims')
    .columns([
      'claim',
      'report_id',
      'revision',
      'sink',
      'filter',
      'window_start',
      'created_at',
      'token',
      'server',
      'lease_until',
      'done',
    ])
    .expression((query) =>
      query
        .selectFrom('asked')
        .select(({ lit }) => [
          'name',
          'report_id',
          'revision',
          'sink',
          'filter',
          'window_start',
          clock().as('created_at'),
          text(token).as('token'),
          text(server).as('server'),
          until(clock(), leaseMs).as('lease_until'),
          lit(0).as('done'),
        ])
        .where(sql<boolean>`true`)
        .orderBy('name'),
    )
    .onConflict((conflict) => conflict.column('claim').doNothing())
    .returning('claim')
    .execute();
  return inserted.map(({ claim: name }) => name);
}

/** Those of the rows that nobody holds, from now on ours. Whoever locks a report's first row gets its other sinks too. */
function take(
  { db, clock, locksRows, given }: Engine,
  names: readonly string[],
  leaseMs: number,
  { token, server }: Claimant,
): Promise<Won[]> {
  return db
    .with(
      (cte) => cte('asked').materialized(),
      () => given<Named>(NAMED, named(names)),
    )
    .with('free', (query) =>
      query
        .selectFrom('sentry_monitor_claims')
        .select('claim')
        .where('claim', 'in', (asked) => asked.selectFrom('asked').select('name'))
        .where('done', '=', 0)
        .where('lease_until', '<=', clock())
        .orderBy('claim')
        .$if(locksRows, (it) => it.forUpdate()),
    )
    .updateTable('sentry_monitor_claims')
    .set({ token, server, lease_until: until(clock(), leaseMs) })
    .where('claim', 'in', (query) => query.selectFrom('free').select('claim'))
    .returning(['claim', 'delivered', 'items'])
    .execute();
}

async function renew(engine: Engine, holds: readonly Hold[], leaseMs: number): Promise<readonly boolean[]> {
  const said = holds.map(({ key, token }) => ({ name: claimOf(key), by_token: token }));
  const rows = await locked(engine, { name: 'text', by_token: 'text' }, said)
    .updateTable('sentry_monitor_claims')
    .from('mine')
    .set({ lease_until: until(engine.clock(), leaseMs) })
    .whereRef('claim', '=', 'mine.name')
    .whereRef('token', '=', 'mine.by_token')
    .where('done', '=', 0)
    .where('lease_until', '>', 0)
    .returning(['claim', 'token'])
    .execute();
  return whose(rows, holds);
}

/** NOTE: also a lease that ran out is settled while the row has our token: nobody took it over, and what we say is true. */
async function settle(engine: Engine, done: readonly Settlement[]): Promise<readonly boolean[]> {
  const said = done.map((it) => ({
    name: claimOf(it.key),
    by_token: it.token,
    is_done: Number(it.done),
    says: textOf(it.receipt),
    outcomes: it.done ? null : textOf([...it.delivered]),
  }));
  const rows = await locked(
    engine,
    { name: 'text', by_token: 'text', is_done: 'integer', says: 'text', outcomes: 'text' },
    said,
  )
    .updateTable('sentry_monitor_claims')
    .from('mine')
    .set(({ ref }) => ({
      lease_until: 0,
      done: ref('mine.is_done'),
      receipt: ref('mine.says'),
      delivered: ref('mine.outcomes'),
      items: sql<string | null>`case when mine.is_done = 1 then null else items end`,
    }))
    .whereRef('claim', '=', 'mine.name')
    .whereRef('token', '=', 'mine.by_token')
    .returning(['claim', 'token'])
    .execute();
  return whose(rows, done);
}

async function open({ db }: Engine, since: number): Promise<readonly ClaimKey[]> {
  const rows = await db
    .selectFrom('sentry_monitor_claims')
    .select(['report_id', 'revision', 'sink'])
    .where('done', '=', 0)
    .where('sink', '!=', COUNTER)
    .where('created_at', '>=', since)
    .orderBy('created_at')
    .orderBy('claim')
    .execute();
  return rows.map(({ report_id, revision, sink }) => ({ reportId: report_id, revision, sink }));
}

/** For each hold, whether a row has its token. */
function whose(
  rows: readonly { readonly claim: string; readonly token: string }[],
  holds: readonly Hold[],
): readonly boolean[] {
  const tokens = new Map(rows.map(({ claim: name, token }) => [name, token]));
  return holds.map(({ key, token }) => tokens.get(claimOf(key)) === token);
}

function text(value: string): RawBuilder<string> {
  return sql<string>`cast(${value} as text)`;
}

function until(clock: RawBuilder<number>, leaseMs: number): RawBuilder<number> {
  return sql<number>`${clock} + cast(${Math.round(leaseMs)} as bigint)`;
}
