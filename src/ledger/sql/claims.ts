import { sql, type RawBuilder } from 'kysely';
import type { Claimed, ClaimKey, Claims, Hold, Settlement } from '../../core/ledger.ts';
import type { Log } from '../../core/ports.ts';
import type { Database } from './database.ts';
import type { Engine } from './engine.ts';
import type { ClaimRow } from './tables.ts';
import { claimOf, itemsIn, namesOf, outcomesIn, receiptIn, textOf } from './texts.ts';

export interface ClaimsDeps {
  uuid(): string;
  /** Name of this server. */
  readonly server: string;
  readonly log: Log;
}

/** Claims in tables. A call makes the same few statements however many keys there are, up to some thousand. */
export function sqlClaims(database: Database, deps: ClaimsDeps): Claims {
  return {
    claim: async (keys, leaseMs) => (keys.length === 0 ? [] : claim(await database.ready(), keys, leaseMs, { token: deps.uuid(), server: deps.server, log: deps.log })),
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

async function claim(engine: Engine, keys: readonly ClaimKey[], leaseMs: number, claimant: Claimant): Promise<readonly Claimed[]> {
  const names = keys.map(claimOf);
  await insert(engine, keys, claimant.server);
  const won = new Map((await take(engine, names, leaseMs, claimant)).map((row) => [row.claim, row]));
  const left = names.filter((name) => !won.has(name));
  const rows = left.length === 0 ? [] : await engine.db.selectFrom('sentry_monitor_claims').select(['claim', 'receipt']).where('claim', 'in', left).where('done', '=', 1).execute();
  const done = new Map(rows.map((row) => [row.claim, row.receipt]));
  return names.map((name): Claimed => {
    const row = won.get(name);
    if (row !== undefined) return { status: 'ours', token: claimant.token, delivered: outcomesIn(row.delivered), ...kept(row, claimant.log) };
    return done.has(name) ? { status: 'done', receipt: receiptIn(done.get(name)!) } : { status: 'held' };
  });
}

type Won = Pick<ClaimRow, 'claim' | 'delivered' | 'items'>;

/** What was kept for sending; something odd there is as good as nothing, and the window is read again. */
function kept({ claim: name, items }: Won, log: Log): Pick<Extract<Claimed, { status: 'ours' }>, 'items'> {
  const found = items === null ? null : itemsIn(items);
  if (items !== null && found === null) log.error({ claim: name }, 'ledger: kept items cannot be read, the window is read again');
  return found === null ? {} : { items: found };
}

/** Rows for keys that are new. In one order on all servers, so that none waits for another that waits for it. */
async function insert({ db, clock }: Engine, keys: readonly ClaimKey[], server: string): Promise<void> {
  const rows = keys.map((key) => ({
    ...namesOf(key), created_at: clock(),
    token: '', server, lease_until: 0, done: 0, receipt: null, delivered: null, items: null,
  })).sort((a, b) => (a.claim < b.claim ? -1 : 1));
  await db.insertInto('sentry_monitor_claims').values(rows).onConflict((conflict) => conflict.column('claim').doNothing()).execute();
}

/** Those of the rows that nobody holds, from now on ours. Whoever locks a report's first row gets its other sinks too, so that it is read once. */
function take({ db, clock, locksRows }: Engine, names: readonly string[], leaseMs: number, { token, server }: Claimant): Promise<Won[]> {
  return db
    .with('free', (query) => query.selectFrom('sentry_monitor_claims').select('claim')
      .where('claim', 'in', names).where('done', '=', 0).where('lease_until', '<=', clock())
      .orderBy('claim').$if(locksRows, (it) => it.forUpdate()))
    .updateTable('sentry_monitor_claims').set({ token, server, lease_until: sql<number>`${clock()} + ${span(leaseMs)}` })
    .where('claim', 'in', (query) => query.selectFrom('free').select('claim'))
    .returning(['claim', 'delivered', 'items']).execute();
}

/** NOTE: every statement locks its rows in one order, so that no two servers wait for each other. */
function locked({ db, locksRows }: Engine, holds: readonly Hold[]) {
  return db.with('mine', (query) => query.selectFrom('sentry_monitor_claims').select('claim as own')
    .where('claim', 'in', holds.map(({ key }) => claimOf(key))).orderBy('claim').$if(locksRows, (it) => it.forUpdate()));
}

async function renew(engine: Engine, holds: readonly Hold[], leaseMs: number): Promise<readonly boolean[]> {
  const { clock } = engine;
  const rows = await locked(engine, holds).updateTable('sentry_monitor_claims').set({ lease_until: sql<number>`${clock()} + ${span(leaseMs)}` })
    .where('claim', 'in', (query) => query.selectFrom('mine').select('own')).where('token', 'in', [...new Set(holds.map(({ token }) => token))])
    .where('done', '=', 0).where('lease_until', '>', 0)
    .returning(['claim', 'token']).execute();
  return whose(rows, holds);
}

/** NOTE: also a lease that ran out is settled while the row has our token: nobody took it over, and what we say is true. */
async function settle(engine: Engine, done: readonly Settlement[]): Promise<readonly boolean[]> {
  const values = sql.join(done.map((it) => sql`(${text(claimOf(it.key))}, ${text(it.token)}, cast(${Number(it.done)} as integer), ${text(textOf(it.receipt))}, ${text(it.done ? null : textOf([...it.delivered]))})`));
  const rows = await locked(engine, done)
    .with('said(name, by_token, is_done, says, outcomes)', () => sql<{ name: string; by_token: string; is_done: number; says: string; outcomes: string | null }>`(values ${values})`)
    .updateTable('sentry_monitor_claims').from('said')
    .set(({ ref }) => ({ lease_until: 0, done: ref('said.is_done'), receipt: ref('said.says'), delivered: ref('said.outcomes'), items: sql<string | null>`case when said.is_done = 1 then null else items end` }))
    .whereRef('claim', '=', 'said.name').whereRef('token', '=', 'said.by_token').where('claim', 'in', (query) => query.selectFrom('mine').select('own'))
    .returning(['claim', 'token']).execute();
  return whose(rows, done);
}

async function open({ db }: Engine, since: number): Promise<readonly ClaimKey[]> {
  const rows = await db.selectFrom('sentry_monitor_claims').select(['report_id', 'revision', 'sink'])
    .where('done', '=', 0).where('created_at', '>=', since).orderBy('created_at').orderBy('claim').execute();
  return rows.map(({ report_id, revision, sink }) => ({ reportId: report_id, revision, sink }));
}

/** For each hold, whether a row has its token. */
function whose(rows: readonly { readonly claim: string; readonly token: string }[], holds: readonly Hold[]): readonly boolean[] {
  const tokens = new Map(rows.map(({ claim: name, token }) => [name, token]));
  return holds.map(({ key, token }) => tokens.get(claimOf(key)) === token);
}

function text(value: string | null): RawBuilder<string> {
  return sql<string>`cast(${value} as text)`;
}

function span(ms: number): RawBuilder<number> {
  return sql<number>`cast(${Math.round(ms)} as bigint)`;
}
