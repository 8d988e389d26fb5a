import { type RawBuilder, sql } from 'kysely';
import type { Message } from '../../../core/model/alerting/message.ts';
import type { DigestKey, KnownDigest } from '../../../core/ports/alerting/digest-store.ts';
import { newMessage } from '../../alerts/new-message.ts';
import type { DigestRow } from '../../database/alert-tables.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';
import { putMessages } from '../outbox/messages.ts';
import { placeIn } from './places.ts';

/** A look is noted once in so long, ms. */
const NOTED_MS = 60_000;

export async function lookAtDigests(engine: Engine, now: number, breakMs: number): Promise<readonly KnownDigest[]> {
  const rows = await rowsIn(engine.db).execute();
  if (rows.every((row) => row.looked_at > now - NOTED_MS)) return rows.map(knownIn);
  return engine.db.transaction().execute(async (db) => {
    // In one order, so that no two servers wait for each other.
    if (engine.locksRows) await rowsIn(db).forUpdate().execute();
    await db
      .updateTable('sentry_monitor_digests')
      .set({
        up_since: sql<number>`case when looked_at < ${big(now - breakMs)} then ${big(now)} else up_since end`,
        looked_at: now,
      })
      .where('looked_at', '<=', now - NOTED_MS)
      .execute();
    return (await rowsIn(db).execute()).map(knownIn);
  });
}

function big(value: number): RawBuilder<number> {
  return sql<number>`cast(${value} as bigint)`;
}

function rowsIn(db: Engine['db']) {
  return db.selectFrom('sentry_monitor_digests').selectAll().orderBy('digest').orderBy('channel');
}

function knownIn(row: DigestRow): KnownDigest {
  return {
    digest: row.digest,
    channel: textIn(row.channel),
    schedule: row.schedule,
    loadedAt: row.loaded_at,
    toldTo: row.told_to,
    upSince: row.up_since,
    place: placeIn(row.place),
  };
}

export async function putDigests({ db }: Engine, digests: readonly KnownDigest[]): Promise<void> {
  if (digests.length === 0) return;
  await db
    .insertInto('sentry_monitor_digests')
    .values(digests.map(rowOf))
    .onConflict((conflict) =>
      conflict
        .columns(['digest', 'channel'])
        .doUpdateSet(({ ref }) => ({
          schedule: ref('excluded.schedule'),
          loaded_at: ref('excluded.loaded_at'),
          told_to: ref('excluded.told_to'),
        }))
        .whereRef('excluded.schedule', '<>', 'sentry_monitor_digests.schedule')
        .whereRef('excluded.loaded_at', '>', 'sentry_monitor_digests.loaded_at'),
    )
    .execute();
}

function rowOf({ digest, channel, schedule, loadedAt, toldTo, upSince }: KnownDigest): DigestRow {
  const own = { digest, channel: safeText(channel), schedule, loaded_at: loadedAt, told_to: toldTo };
  return { ...own, up_since: upSince, looked_at: upSince, lease_until: 0, place: null };
}

export async function forgetDigests({ db }: Engine, keys: readonly DigestKey[]): Promise<void> {
  for (const { digest, channel } of keys)
    await db
      .deleteFrom('sentry_monitor_digests')
      .where('digest', '=', digest)
      .where('channel', '=', safeText(channel))
      .execute();
}

export async function claimDigest(
  { db, clock }: Engine,
  { digest, channel }: DigestKey,
  { end, leaseMs }: { readonly end: number; readonly leaseMs: number },
): Promise<boolean> {
  const rows = await db
    .updateTable('sentry_monitor_digests')
    .set({ lease_until: sql<number>`${clock()} + cast(${Math.round(leaseMs)} as bigint)` })
    .where('digest', '=', digest)
    .where('channel', '=', safeText(channel))
    .where('told_to', '<', end)
    .where('lease_until', '<=', clock())
    .returning('digest')
    .execute();
  return rows.length > 0;
}

interface Telling {
  readonly end: number;
  readonly message: Message | null;
  readonly now: number;
}

/** NOTE: the row is changed before the message is put, and so locked: of two servers one sees that it was told. */
export function tellDigest(
  engine: Engine,
  { digest, channel }: DigestKey,
  { end, message, now }: Telling,
): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const rows = await db
      .updateTable('sentry_monitor_digests')
      .set({ told_to: end, lease_until: 0 })
      .where('digest', '=', digest)
      .where('channel', '=', safeText(channel))
      .where('told_to', '<', end)
      .returning('digest')
      .execute();
    if (rows.length > 0 && message !== null)
      await putMessages({ ...engine, db }, [newMessage(channel, message, now)], false);
    return rows.length > 0;
  });
}
