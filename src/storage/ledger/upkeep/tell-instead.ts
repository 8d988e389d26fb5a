import { sql } from 'kysely';
import type { Telling } from '../../../core/model/alerting/alert.ts';
import type { Message } from '../../../core/model/alerting/message.ts';
import type { KeptTelling } from '../../../core/ports/alerting/outbox.ts';
import type { Engine } from '../../database/engine.ts';
import { withGiven } from '../../database/given-rows.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';
import { tellingIn, writeTellings } from '../outbox/tellings.ts';

/** For people. */
const REASON = 'it lasted after the restore, and was told anew';
const LASTS = sql<boolean>`exists (select 1 from sentry_monitor_alerts as alert
  where alert.alert_id = sentry_monitor_tellings.alert_id and alert.until_window is null)`;

/** In the order of deciding. */
export async function heldBegins({ db }: Engine): Promise<readonly KeptTelling[]> {
  const rows = await db
    .selectFrom('sentry_monitor_tellings')
    .selectAll()
    .where('fate', '=', 'held')
    .where('news', 'in', ['firing', 'restored'])
    .where(LASTS)
    .orderBy('recorded_at')
    .orderBy('place')
    .orderBy('telling')
    .execute();
  return rows.map(tellingIn);
}

/** Whole or not at all. NOTE: what a person, or another server, took from the hold meanwhile is not told. */
export async function tellInstead(engine: Engine, tellings: readonly Telling[]): Promise<void> {
  if (tellings.length === 0) return;
  await engine.db.transaction().execute(async (db) => {
    const trx = { ...engine, db };
    const messages = await messagesOf(trx, tellings);
    const freed = await freeHeld(trx, tellings);
    await writeTellings(
      trx,
      tellings.filter((telling) => freed.has(placeOf(telling))),
    );
    for (const id of messages) await takeOut(trx, id);
  });
}

function withPlaces(engine: Engine, tellings: readonly Telling[]) {
  const rows = tellings.map(({ alert, channel }) => ({ about: safeText(alert.id), for_channel: safeText(channel) }));
  return withGiven<(typeof rows)[number]>(engine, { about: 'text', for_channel: 'text' }, rows);
}

function placeOf({ alert, channel }: Telling): string {
  return JSON.stringify([alert.id, channel]);
}

/** Held ones that they are in. */
async function messagesOf(engine: Engine, tellings: readonly Telling[]): Promise<readonly string[]> {
  const rows = await withPlaces(engine, tellings)
    .selectFrom('sentry_monitor_tellings')
    .innerJoin('given', (join) => join.onRef('alert_id', '=', 'about').onRef('channel', '=', 'for_channel'))
    .select('message_id')
    .distinct()
    .where('fate', '=', 'held')
    .where('message_id', 'is not', null)
    .execute();
  return rows.map(({ message_id: id }) => id!);
}

/** By `placeOf`, of what there was something held. */
async function freeHeld(engine: Engine, tellings: readonly Telling[]): Promise<ReadonlySet<string>> {
  const rows = await withPlaces(engine, tellings)
    .updateTable('sentry_monitor_tellings')
    .from('given')
    .set({ fate: 'dropped', message_id: null, reason: REASON })
    .whereRef('alert_id', '=', 'about')
    .whereRef('channel', '=', 'for_channel')
    .where('fate', '=', 'held')
    .where(LASTS)
    .returning(['alert_id', 'channel'])
    .execute();
  return new Set(rows.map(({ alert_id: id, channel }) => JSON.stringify([textIn(id), textIn(channel)])));
}

/** A held message names only what is held with it; one that has nothing more to say is never sent. */
async function takeOut({ db }: Engine, id: string): Promise<void> {
  const left = await db.selectFrom('sentry_monitor_tellings').select('alert_id').where('message_id', '=', id).execute();
  const named = new Set(left.map(({ alert_id: alert }) => textIn(alert)));
  const held = db.selectFrom('sentry_monitor_messages').select('message').where('fate', '=', 'held');
  for (const row of await held.where('message_id', '=', id).execute()) {
    const message = JSON.parse(row.message) as Message;
    const alerts = message.alerts.filter((alert) => named.has(alert.id));
    const change = alerts.length === 0 ? { fate: 'dropped' } : { message: JSON.stringify({ ...message, alerts }) };
    await db.updateTable('sentry_monitor_messages').set(change).where('message_id', '=', id).execute();
  }
}
