import * as z from 'zod/mini';
import type { DigestKey, DigestMove, DigestPlace } from '../../../core/ports/alerting/digest-store.ts';
import type { KeptMessage } from '../../../core/ports/alerting/outbox.ts';
import { newMessage } from '../../alerts/new-message.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText } from '../alerts/safe-text.ts';
import { parse } from '../codec.ts';
import { putMessages } from '../outbox/messages.ts';

const Reach = z.record(z.string(), z.number());
const Place = z.object({
  told: Reach,
  at: z.number(),
  sent: z.nullable(z.object({ message: z.string(), told: Reach, at: z.number() })),
});

export function placeIn(text: string | null): DigestPlace | null {
  return text === null ? null : parse(Place, text, 'the place of a digest');
}

export async function beginDigest(
  { db }: Engine,
  { digest, channel }: DigestKey,
  place: DigestPlace,
): Promise<boolean> {
  const rows = await db
    .updateTable('sentry_monitor_digests')
    .set({ place: JSON.stringify(place) })
    .where('digest', '=', digest)
    .where('channel', '=', safeText(channel))
    .where('place', 'is', null)
    .returning('digest')
    .execute();
  return rows.length > 0;
}

/** NOTE: the row is changed before messages are, and so locked: of two servers one sees that the slot was told. */
export function moveDigest(
  engine: Engine,
  { digest, channel }: DigestKey,
  { end, place, message, instead, now }: DigestMove,
): Promise<boolean> {
  return engine.db.transaction().execute(async (db) => {
    const rows = await db
      .updateTable('sentry_monitor_digests')
      .set({ told_to: end, lease_until: 0, place: JSON.stringify(place) })
      .where('digest', '=', digest)
      .where('channel', '=', safeText(channel))
      .where('told_to', '<', end)
      .returning('digest')
      .execute();
    if (rows.length === 0) return false;
    if (instead !== null) await putMessages({ ...engine, db }, [over(instead)], true);
    if (message !== null) await putMessages({ ...engine, db }, [newMessage(channel, message, now)], false);
    return true;
  });
}

/** What may have arrived stays so. */
function over(message: KeptMessage): KeptMessage {
  return { ...message, fate: message.fate === 'uncertain' ? 'uncertain' : 'grouped', nextAt: Infinity };
}
