import { type RawBuilder, sql } from 'kysely';
import type { HeldAsked, KeptMessage, KeptTelling, MessagesAsked } from '../../../core/ports/alerting/outbox.ts';
import type { Engine } from '../../database/engine.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { safeText } from '../alerts/safe-text.ts';
import { messageIn } from './messages.ts';
import { tellingIn } from './tellings.ts';

/** All that was told of these alerts, in the order of deciding. */
export async function tellingsOf(engine: Engine, alertIds: readonly string[]): Promise<readonly KeptTelling[]> {
  if (alertIds.length === 0) return [];
  const rows = await withGiven(engine, NAMED, named([...new Set(alertIds)].map(safeText)))
    .selectFrom('given')
    .innerJoin('sentry_monitor_tellings as telling', 'telling.alert_id', 'name')
    .selectAll('telling')
    .orderBy('telling.recorded_at')
    .orderBy('telling.place')
    .orderBy('telling.telling')
    .execute();
  return rows.map(tellingIn);
}

export async function messagesOf(engine: Engine, ids: readonly string[]): Promise<readonly KeptMessage[]> {
  if (ids.length === 0) return [];
  const rows = await withGiven(engine, NAMED, named([...new Set(ids)].map(safeText)))
    .selectFrom('given')
    .innerJoin('sentry_monitor_messages as message', 'message.message_id', 'name')
    .selectAll('message')
    .execute();
  return rows.map(messageIn);
}

export async function listedMessages(
  { db }: Engine,
  { id, channel, fates, filter, before, limit }: MessagesAsked,
): Promise<readonly KeptMessage[]> {
  const rows = await db
    .selectFrom('sentry_monitor_messages')
    .selectAll()
    .$if(id !== undefined, (query) => query.where('message_id', '=', safeText(id!)))
    .$if(channel !== undefined, (query) => query.where('channel', '=', safeText(channel!)))
    .$if(fates !== undefined, (query) => query.where('fate', 'in', fates!))
    .$if(filter !== undefined, (query) => query.where(isOfFilter(filter!)))
    .$if(before !== undefined, (query) => query.where(isAfter(before!)))
    .orderBy('created_at', 'desc')
    .orderBy('message_id', 'desc')
    .limit(limit)
    .execute();
  return rows.map(messageIn);
}

function isOfFilter(filter: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from sentry_monitor_tellings as telling
    where telling.message_id = sentry_monitor_messages.message_id and telling.filter = ${filter})`;
}

function isAfter({ createdAt, id }: NonNullable<MessagesAsked['before']>): RawBuilder<boolean> {
  return sql<boolean>`(created_at < cast(${createdAt} as bigint)
    or (created_at = cast(${createdAt} as bigint) and message_id < ${safeText(id)}))`;
}

export async function heldTellings(
  { db }: Engine,
  { channel, fates, filter, limit }: HeldAsked,
): Promise<{ readonly tellings: readonly KeptTelling[]; readonly total: number }> {
  if (fates.length === 0) return { tellings: [], total: 0 };
  const asked = db
    .selectFrom('sentry_monitor_tellings')
    .where('message_id', 'is', null)
    .where('fate', 'in', fates)
    .$if(channel !== undefined, (query) => query.where('channel', '=', safeText(channel!)))
    .$if(filter !== undefined, (query) => query.where('filter', '=', filter!));
  const rows = await asked
    .selectAll()
    .orderBy('recorded_at', 'desc')
    .orderBy('place', 'desc')
    .orderBy('telling', 'desc')
    .limit(limit)
    .execute();
  const { total } = await asked.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  return { tellings: rows.map(tellingIn), total };
}
