import { sql } from 'kysely';
import * as z from 'zod/mini';
import type { KeptWatch, WatchStore } from '../../../core/ports/watches/watch-store.ts';
import { clockOf } from '../../database/clock-of.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import type { WatchRow } from '../../database/alert-tables.ts';
import { writeAlerts } from '../alerts/decided.ts';
import { safeOrNull, textIn } from '../alerts/safe-text.ts';
import { Json, parse } from '../codec.ts';
import { writeTellings } from '../outbox/tellings.ts';
import { onShelf } from './on-shelf.ts';

type Kept = Omit<WatchRow, 'slot' | 'token' | 'lease_until'>;

/** Those of one kind, as `onShelf`. */
export function watchesOn(shelf: string, database: Database, uuid: () => string): WatchStore {
  return onShelf(sqlWatches(database, uuid), shelf);
}

/** Values of watches in a table, one row each. */
export function sqlWatches(database: Database, uuid: () => string): WatchStore {
  return {
    now: async () => clockOf(await database.ready()),
    claim: async (name, given) => claim(await database.ready(), name, { ...given, token: uuid() }),
    keep: async (token, { kept, alerts, tellings }) => {
      const engine = await database.ready();
      return engine.db.transaction().execute(async (db) => {
        const trx = { ...engine, db };
        if (!(await write(trx, token, kept))) return false;
        await writeAlerts(trx, alerts);
        await writeTellings(trx, tellings);
        return true;
      });
    },
    async forget(token) {
      const { db } = await database.ready();
      await db.deleteFrom('sentry_monitor_watches').where('token', '=', token).execute();
    },
    async read(name) {
      const { db } = await database.ready();
      const [row] = await db.selectFrom('sentry_monitor_watches').selectAll().where('watch', '=', name).execute();
      return row === undefined ? null : keptIn(row);
    },
    async all() {
      const { db } = await database.ready();
      const rows = await db
        .selectFrom('sentry_monitor_watches')
        .select(['watch', 'since', 'good', 'last', 'past', 'state'])
        .orderBy('watch')
        .execute();
      return rows.map((row) => keptIn({ ...row, answer: null }));
    },
  };
}

interface Claim {
  readonly slot: number;
  readonly leaseMs: number;
  readonly isAsked?: boolean;
  readonly token: string;
}

async function claim(engine: Engine, name: string, { slot, leaseMs, isAsked = false, token }: Claim) {
  const { db, clock } = engine;
  const until = sql<number>`${clock()} + cast(${Math.round(leaseMs)} as bigint)`;
  const first = { watch: name, slot, token, lease_until: until, since: clock() };
  const [row] = await db
    .insertInto('sentry_monitor_watches')
    .values({ ...first, good: null, answer: null, last: null, past: '[]', state: '{}' })
    .onConflict((conflict) =>
      conflict
        .column('watch')
        .doUpdateSet(({ ref }) => ({
          slot: ref('excluded.slot'),
          token: ref('excluded.token'),
          lease_until: ref('excluded.lease_until'),
        }))
        .where(({ and, eb, ref }) =>
          and([
            eb('sentry_monitor_watches.lease_until', '<=', clock()),
            ...(isAsked ? [] : [eb('sentry_monitor_watches.slot', '<', ref('excluded.slot'))]),
          ]),
        ),
    )
    .returningAll()
    .execute();
  return row === undefined ? null : { token, kept: keptIn(row) };
}

/** NOTE: the row is locked by this, so that of two servers one sees that it was taken over. */
async function write({ db }: Engine, token: string, { name, good, last, past, state }: KeptWatch): Promise<boolean> {
  const rows = await db
    .updateTable('sentry_monitor_watches')
    .set({
      lease_until: 0,
      good: good === null ? null : JSON.stringify({ at: good.at, value: good.value, more: good.more }),
      answer: safeOrNull(good?.answer ?? null),
      last: last === null ? null : JSON.stringify(last),
      past: JSON.stringify(past),
      state: JSON.stringify(state),
    })
    .where('watch', '=', name)
    .where('token', '=', token)
    .where('lease_until', '>', 0)
    .returning('watch')
    .execute();
  return rows.length > 0;
}

function keptIn({ watch, since, good, answer, last, past, state }: Kept): KeptWatch {
  return {
    name: watch,
    since,
    good: good === null ? null : { ...parse(Good, good, 'an answer'), answer: answer && textIn(answer) },
    last: last === null ? null : parse(Last, last, 'a look'),
    past: parse(Past, past, 'past values'),
    state: parse(State, state, 'a state'),
  };
}

const Value = z.union([z.number(), z.string(), z.boolean()]);
const Good = z.object({ at: z.number(), value: Value, more: z.record(z.string(), z.number()) });
const Last = z.object({ at: z.number(), fault: z.nullable(z.string()), failures: z.number() });
const Past = z.array(z.tuple([z.number(), Value]));
const State = z.record(z.string(), Json);
