import { sql } from 'kysely';
import type { Kept, Parcel } from '../../core/ports/ledger.ts';
import type { Engine } from '../database/engine.ts';
import { putReports } from './history.ts';
import { locked } from './locked.ts';
import { claimOf, keyed, KEYED, type Keyed, textOf } from './texts.ts';

/** So many items at most are given to one transaction, a single report's aside: some ten MB, which the database takes well within a statement's time. */
export const MOST_ITEMS = 20_000;

/** Keeps reports and items: all of a report in one transaction, so that whoever takes over finds both or neither. */
export async function keep(
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
  const said = parcels.map(({ key, token, items }) => ({
    name: claimOf(key),
    by_token: token,
    content: textOf(items),
  }));
  const rows = await locked(engine, { name: 'text', by_token: 'text', content: 'text' }, said)
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
async function keepOthers({ db, clock, given }: Engine, parcels: readonly Parcel[], server: string): Promise<void> {
  if (parcels.length === 0) return;
  const rows = parcels.map(({ key, items }) => ({ ...keyed(key), content: textOf(items) }));
  await db
    .with(
      (cte) => cte('asked').materialized(),
      () => given<Keyed & { readonly content: string }>({ ...KEYED, content: 'text' }, rows),
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
      'items',
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
          sql<string>`''`.as('token'),
          sql<string>`cast(${server} as text)`.as('server'),
          lit(0).as('lease_until'),
          lit(0).as('done'),
          'content',
        ])
        .where(sql<boolean>`true`)
        .orderBy('name'),
    )
    .onConflict((conflict) => conflict.column('claim').doNothing())
    .execute();
}
