import { sql } from 'kysely';
import type { UpkeepStore } from '../../../core/ports/backup/upkeep.ts';
import { clockOf } from '../../database/clock-of.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';

/** Work at set times in a table, one row each. */
export function sqlUpkeep(database: Database, uuid: () => string): UpkeepStore {
  return {
    now: async () => clockOf(await database.ready()),
    claim: async (name, given) => claim(await database.ready(), name, { ...given, token: uuid() }),
    async renew(token, leaseMs) {
      const engine = await database.ready();
      const rows = await engine.db
        .updateTable('sentry_monitor_upkeep')
        .set({ lease_until: untilOf(engine, leaseMs) })
        .where('token', '=', token)
        .where('lease_until', '>', 0)
        .returning('name')
        .execute();
      return rows.length > 0;
    },
    async settle(token, { failures, againAt }) {
      const { db } = await database.ready();
      await db
        .updateTable('sentry_monitor_upkeep')
        .set({ lease_until: 0, again_at: againAt, state: JSON.stringify({ failures }) })
        .where('token', '=', token)
        .where('lease_until', '>', 0)
        .execute();
    },
  };
}

interface Claim {
  readonly slot: number;
  readonly leaseMs: number;
  readonly token: string;
}

async function claim(engine: Engine, name: string, { slot, leaseMs, token }: Claim) {
  const { db, clock } = engine;
  const [row] = await db
    .insertInto('sentry_monitor_upkeep')
    .values({ name, slot, token, lease_until: untilOf(engine, leaseMs), again_at: null, state: '{"failures":0}' })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet(({ ref }) => ({
          slot: ref('excluded.slot'),
          token: ref('excluded.token'),
          lease_until: ref('excluded.lease_until'),
        }))
        .where(({ and, or, eb, ref }) =>
          and([
            eb('sentry_monitor_upkeep.lease_until', '<=', clock()),
            or([
              eb('sentry_monitor_upkeep.slot', '<', ref('excluded.slot')),
              eb('sentry_monitor_upkeep.again_at', '<=', clock()),
              // Whoever had it has died: an end would have given the lease back.
              eb('sentry_monitor_upkeep.lease_until', '>', 0),
            ]),
          ]),
        ),
    )
    .returning('state')
    .execute();
  return row === undefined ? null : { token, ...(JSON.parse(row.state) as { readonly failures: number }) };
}

function untilOf({ clock }: Engine, leaseMs: number) {
  return sql<number>`${clock()} + cast(${Math.round(leaseMs)} as bigint)`;
}
