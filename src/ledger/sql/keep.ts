import { sql } from 'kysely';
import type { Kept, Parcel } from '../../core/ledger.ts';
import type { Engine } from './engine.ts';
import { putReports } from './history.ts';
import { claimOf, namesOf, textOf } from './texts.ts';

/** Keeps reports and items in one transaction: whoever takes over finds both or neither. */
export function keep(engine: Engine, kept: readonly Kept[], server: string): Promise<readonly (readonly boolean[])[]> {
  return engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    const ours = await keepOurs(trx, kept.flatMap(({ parcels }) => parcels).filter(({ token }) => token !== null));
    const may = kept.map(({ parcels }) => parcels.map(({ key, token }) => token === null || ours.get(claimOf(key)) === token));
    const wanted = kept.filter(({ parcels }, index) => parcels.some(({ token }, n) => token !== null && may[index]![n]));
    await keepOthers(trx, wanted.flatMap(({ parcels }) => parcels).filter(({ token }) => token === null), server);
    if (wanted.length > 0) await putReports(trx, wanted.map(({ report }) => report));
    return may;
  });
}

/** The tokens of the claims that are still ours. */
async function keepOurs({ db }: Engine, parcels: readonly Parcel[]): Promise<ReadonlyMap<string, string>> {
  if (parcels.length === 0) return new Map();
  const values = sql.join(parcels.map(({ key, token, items }) => sql`(cast(${claimOf(key)} as text), cast(${token} as text), cast(${textOf(items)} as text))`));
  const rows = await db
    .with('said(name, by_token, content)', () => sql<{ name: string; by_token: string; content: string }>`(values ${values})`)
    .updateTable('sentry_monitor_claims').from('said').set(({ ref }) => ({ items: ref('said.content') }))
    .whereRef('claim', '=', 'said.name').whereRef('token', '=', 'said.by_token').where('done', '=', 0)
    .returning(['claim', 'token']).execute();
  return new Map(rows.map(({ claim, token }) => [claim, token]));
}

/** For sinks that this run was not asked to serve: what was read once is not read again for them. */
async function keepOthers({ db, clock }: Engine, parcels: readonly Parcel[], server: string): Promise<void> {
  if (parcels.length === 0) return;
  const rows = parcels.map(({ key, items }) => ({
    ...namesOf(key), created_at: clock(),
    token: '', server, lease_until: 0, done: 0, receipt: null, delivered: null, items: textOf(items),
  })).sort((a, b) => (a.claim < b.claim ? -1 : 1));
  await db.insertInto('sentry_monitor_claims').values(rows).onConflict((conflict) => conflict.column('claim').doNothing()).execute();
}
