import { type RawBuilder, sql } from 'kysely';
import type { ClaimKey } from '../../core/model/receipt.ts';
import type { Claimed, Claims, Hold, Settlement } from '../../core/ports/claims.ts';
import type { Log } from '../../core/ports/scope.ts';
import type { Database } from '../database/database.ts';
import type { Engine } from '../database/engine.ts';
import { named, NAMED, withGiven } from '../database/given-rows.ts';
import type { ClaimRow } from '../database/tables.ts';
import { type Claimant, claimOf, insertClaims, newClaim } from './claim-rows.ts';
import { itemsIn, outcomesIn, receiptIn, textOf } from './codec.ts';
import { lockClaims } from './row-locks.ts';

export interface ClaimsDeps {
  uuid(): string;
  /** Name of this server. */
  readonly server: string;
  readonly log: Log;
}

/** Claims in tables. A call makes the same few statements however many keys there are, up to some thousand. */
export function sqlClaims(database: Database, deps: ClaimsDeps): Claims {
  return {
    claim: async (keys, leaseMs) => (keys.length === 0 ? [] : claimAs(await database.ready(), keys, leaseMs, deps)),
    renew: async (holds, leaseMs) => (holds.length === 0 ? [] : renew(await database.ready(), holds, leaseMs)),
    settle: async (done) => (done.length === 0 ? [] : settle(await database.ready(), done)),
  };
}

function claimAs(
  engine: Engine,
  keys: readonly ClaimKey[],
  leaseMs: number,
  { uuid, server, log }: ClaimsDeps,
): Promise<readonly Claimed[]> {
  return claim(engine, keys, { token: uuid(), server, leaseUntil: () => until(engine.clock(), leaseMs) }, log);
}

/** Rows for keys that are new are ours at once; of the others those that nobody holds. */
async function claim(
  engine: Engine,
  keys: readonly ClaimKey[],
  claimant: Claimant,
  log: Log,
): Promise<readonly Claimed[]> {
  const names = keys.map(claimOf);
  const fresh = new Set(
    await insertClaims(
      engine,
      keys.map((key) => newClaim(key, null)),
      claimant,
    ),
  );
  const known = names.filter((name) => !fresh.has(name));
  const won = new Map(known.length === 0 ? [] : (await take(engine, known, claimant)).map((row) => [row.claim, row]));
  const left = known.filter((name) => !won.has(name));
  const done = new Map(left.length === 0 ? [] : await receipts(engine, left));
  const { token } = claimant;
  return names.map((name): Claimed => {
    if (fresh.has(name)) return { status: 'ours', token, delivered: new Map() };
    const row = won.get(name);
    if (row !== undefined) return { status: 'ours', token, delivered: outcomesIn(row.delivered), ...kept(row, log) };
    return done.has(name) ? { status: 'done', receipt: receiptIn(done.get(name)!) } : { status: 'held' };
  });
}

async function receipts(engine: Engine, names: readonly string[]): Promise<readonly [string, string | null][]> {
  const rows = await withGiven(engine, NAMED, named(names))
    .selectFrom('sentry_monitor_claims')
    .select(['claim', 'receipt'])
    .where('claim', 'in', (query) => query.selectFrom('given').select('name'))
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

/** Those of the rows that nobody holds, from now on ours. Who locks a report's first row gets its other sinks too. */
function take(engine: Engine, names: readonly string[], { token, server, leaseUntil }: Claimant): Promise<Won[]> {
  return withGiven(engine, NAMED, named(names))
    .with('free', (query) =>
      query
        .selectFrom('sentry_monitor_claims')
        .select('claim')
        .where('claim', 'in', (asked) => asked.selectFrom('given').select('name'))
        .where('done', '=', 0)
        .where('lease_until', '<=', engine.clock())
        .orderBy('claim')
        .$if(engine.locksRows, (it) => it.forUpdate()),
    )
    .updateTable('sentry_monitor_claims')
    .set({ token, server, lease_until: leaseUntil() })
    .where('claim', 'in', (query) => query.selectFrom('free').select('claim'))
    .returning(['claim', 'delivered', 'items'])
    .execute();
}

async function renew(engine: Engine, holds: readonly Hold[], leaseMs: number): Promise<readonly boolean[]> {
  const held = holds.map(({ key, token }) => ({ name: claimOf(key), by_token: token }));
  const rows = await lockClaims(engine, { name: 'text', by_token: 'text' }, held)
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

/** NOTE: a lease that ran out is settled too while the row has our token: nobody took it over, what we say is true. */
async function settle(engine: Engine, done: readonly Settlement[]): Promise<readonly boolean[]> {
  const settled = done.map((it) => ({
    name: claimOf(it.key),
    by_token: it.token,
    is_done: Number(it.done),
    says: textOf(it.receipt),
    outcomes: it.done ? null : textOf([...it.delivered]),
  }));
  const rows = await lockClaims(
    engine,
    { name: 'text', by_token: 'text', is_done: 'integer', says: 'text', outcomes: 'text' },
    settled,
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

/** For each hold, whether a row has its token. */
function whose(
  rows: readonly { readonly claim: string; readonly token: string }[],
  holds: readonly Hold[],
): readonly boolean[] {
  const tokens = new Map(rows.map(({ claim: name, token }) => [name, token]));
  return holds.map(({ key, token }) => tokens.get(claimOf(key)) === token);
}

function until(clock: RawBuilder<number>, leaseMs: number): RawBuilder<number> {
  return sql<number>`${clock} + cast(${Math.round(leaseMs)} as bigint)`;
}
