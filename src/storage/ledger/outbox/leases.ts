import { type RawBuilder, sql } from 'kysely';
import type { Outbox } from '../../../core/ports/alerting/outbox.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { safeOrNull, safeText } from '../alerts/safe-text.ts';
import { putMessages } from './messages.ts';
import { moveTellings } from './tellings.ts';

/** Who has a channel, and what only those may do. */
export type Leasing = Pick<Outbox, 'lease' | 'renew' | 'release' | 'form' | 'note'>;

export function sqlLeases(database: Database, uuid: () => string): Leasing {
  return {
    lease: async (channel, leaseMs) => lease(await database.ready(), safeText(channel), uuid(), leaseMs),
    renew: async (channel, token, leaseMs) => {
      const engine = await database.ready();
      return isOurs(engine, channel, token, { lease_until: until(engine, leaseMs) });
    },
    release: async (channel, token) =>
      void (await isOurs(await database.ready(), channel, token, { lease_until: sql.lit(0) })),
    form: async (channel, token, { messages, tellings }) =>
      together(await database.ready(), async (engine) => {
        if (!(await isOurs(engine, channel, token, { token }))) return false;
        await putMessages(engine, messages, true);
        await moveTellings(engine, tellings);
        return true;
      }),
    note: async (channel, token, message) =>
      together(await database.ready(), async (engine) => {
        const success = message.fate === 'sent' ? { last_success: engine.clock() } : {};
        const change = { last_error: safeOrNull(message.error), ...success };
        if (!(await isOurs(engine, channel, token, change))) return false;
        await putMessages(engine, [message], true);
        await engine.db
          .updateTable('sentry_monitor_tellings')
          .set({ fate: message.fate })
          .where('message_id', '=', safeText(message.message.id))
          .execute();
        return true;
      }),
  };
}

/** Null: somebody has it. */
async function lease(engine: Engine, channel: string, token: string, leaseMs: number): Promise<string | null> {
  const [row] = await engine.db
    .insertInto('sentry_monitor_channels')
    .values({ channel, token, lease_until: until(engine, leaseMs) })
    .onConflict((conflict) =>
      conflict
        .column('channel')
        .doUpdateSet(({ ref }) => ({ token: ref('excluded.token'), lease_until: ref('excluded.lease_until') }))
        .where('sentry_monitor_channels.lease_until', '<=', engine.clock()),
    )
    .returning('token')
    .execute();
  return row?.token ?? null;
}

function until({ clock }: Engine, leaseMs: number): RawBuilder<number> {
  return sql<number>`${clock()} + cast(${Math.round(leaseMs)} as bigint)`;
}

/** In one transaction, which holds the channel's row to its end. */
function together(engine: Engine, act: (engine: Engine) => Promise<boolean>): Promise<boolean> {
  return engine.db.transaction().execute((db) => act({ ...engine, db }));
}

interface Change {
  readonly token?: string;
  readonly lease_until?: RawBuilder<number>;
  readonly last_success?: RawBuilder<number>;
  readonly last_error?: string | null;
}

/**
 * Changes the channel's row where it has our token, and so locks it. NOTE: a lease that ran out is still ours while
 * nobody took it over; one that was given back is not.
 */
async function isOurs({ db }: Engine, channel: string, token: string, change: Change): Promise<boolean> {
  const rows = await db
    .updateTable('sentry_monitor_channels')
    .set(change)
    .where('channel', '=', safeText(channel))
    .where('token', '=', token)
    .where('lease_until', '>', 0)
    .returning('channel')
    .execute();
  return rows.length > 0;
}
