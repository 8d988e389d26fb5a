import { sql } from 'kysely';
import type { Kept, Parcel } from '../../core/ports/ledger.ts';
import type { Engine } from '../database/engine.ts';
import { claimOf, insertClaims, newClaim } from './claim-rows.ts';
import { textOf } from './codec.ts';
import { putReports } from './history.ts';
import { lockClaims } from './row-locks.ts';

/**
 * At most so many items are given to one transaction, unless a single report has more. They are some ten MB, which the
 * database takes well within a statement's time.
 */
export const MOST_ITEMS = 20_000;

/** Keeps reports and items: all of a report in one transaction, so that whoever takes over finds both or neither. */
export async function keepReports(
  engine: Engine,
  kept: readonly Kept[],
  server: string,
): Promise<readonly (readonly boolean[])[]> {
  const answers: (readonly boolean[])[] = [];
  for (const some of inRounds(kept)) answers.push(...(await keepTogether(engine, some, server)));
  return answers;
}

function inRounds(kept: readonly Kept[]): readonly (readonly Kept[])[] {
  const rounds: Kept[][] = [];
  let left = 0;
  for (const it of kept) {
    const count = it.parcels.reduce((sum, { items }) => sum + items.length, 0);
    if (rounds.length === 0 || count > left) {
      rounds.push([]);
      left = MOST_ITEMS;
    }
    rounds.at(-1)!.push(it);
    left -= count;
  }
  return rounds;
}

function keepTogether(engine: Engine, kept: readonly Kept[], server: string): Promise<readonly (readonly boolean[])[]> {
  return engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    const ours = await keepOurs(
      trx,
      kept.flatMap(({ parcels }) => parcels).filter(({ token }) => token !== null),
    );
    const may = kept.map(({ parcels }) =>
      parcels.map(({ key, token }) => token === null || ours.get(claimOf(key)) === token),
    );
    const wanted = kept.filter(({ parcels }, index) =>
      parcels.some(({ token }, n) => token !== null && may[index]![n]),
    );
    await keepOthers(
      trx,
      wanted.flatMap(({ parcels }) => parcels).filter(({ token }) => token === null),
      server,
    );
    if (wanted.length > 0)
      await putReports(
        trx,
        wanted.map(({ report }) => report),
      );
    return may;
  });
}

/** The tokens of the claims that are still ours. */
async function keepOurs(engine: Engine, parcels: readonly Parcel[]): Promise<ReadonlyMap<string, string>> {
  if (parcels.length === 0) return new Map();
  const ours = parcels.map(({ key, token, items }) => ({
    name: claimOf(key),
    by_token: token,
    content: textOf(items),
  }));
  const rows = await lockClaims(engine, { name: 'text', by_token: 'text', content: 'text' }, ours)
    .updateTable('sentry_monitor_claims')
    .from('mine')
    .set(({ ref }) => ({ items: ref('mine.content') }))
    .whereRef('claim', '=', 'mine.name')
    .whereRef('token', '=', 'mine.by_token')
    .where('done', '=', 0)
    .returning(['claim', 'token'])
    .execute();
  return new Map(rows.map(({ claim, token }) => [claim, token]));
}

/** For sinks that this run was not asked to serve: what was read once is not read again for them. */
async function keepOthers(engine: Engine, parcels: readonly Parcel[], server: string): Promise<void> {
  if (parcels.length === 0) return;
  const claims = parcels.map(({ key, items }) => newClaim(key, textOf(items)));
  await insertClaims(engine, claims, { token: '', server, leaseUntil: () => sql.lit(0) });
}
