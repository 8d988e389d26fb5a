import { sql } from 'kysely';
import { ENDS } from '../../../core/model/alerting/alert.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { OpenChannel } from '../../../core/ports/alerting/outbox.ts';
import { againAfter, endsIn, type Lasting } from '../../alerts/again.ts';
import type { Engine } from '../../database/engine.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { safeText, textIn } from '../alerts/safe-text.ts';
import { acknowledgements } from './actions.ts';
import { askedIn, messageIn } from './messages.ts';
import { tellingIn } from './tellings.ts';

/** A telling that is in no message, and may come into one. */
export const IS_WAITING = sql<boolean>`(message_id is null and fate in ('pending', 'muted', 'quiet', 'grouped'))`;
/** All that was decided with it is kept, too: nobody is told of a part. */
const IS_WHOLE = sql<boolean>`not exists (select 1 from sentry_monitor_rule_heads as head
  where head.filter = sentry_monitor_tellings.filter and head.writing is not null)`;
/** A message that something is to be done with yet. */
export const IS_OPEN = sql<boolean>`(fate = 'pending' or (fate = 'uncertain' and next_at is not null))`;

/** 1: all that the message tells is over; null: it tells of nothing. */
const ENDS_ONLY = sql<number | null>`(select min(case when news in (${sql.join([...ENDS])}) then 1 else 0 end)
  from sentry_monitor_tellings where message_id = message.message_id)`;

/** Its vendor asked for some rest. */
const IS_ASKED = sql<boolean>`posts like '%"askedUntil":%'`;
/** How its posts went, then; null: it did not. */
const ASKED = sql<string | null>`case when ${IS_ASKED} then posts end`;

/** Channels with a telling that waits, or a message whose time has come, epoch ms. */
export async function dueChannels({ db }: Engine, at: number): Promise<readonly string[]> {
  const tellings = await db
    .selectFrom('sentry_monitor_tellings')
    .select('channel')
    .distinct()
    .where(IS_WAITING)
    .where(IS_WHOLE)
    .execute();
  const messages = await db
    .selectFrom('sentry_monitor_messages')
    .select('channel')
    .distinct()
    .where('fate', 'in', ['pending', 'uncertain'])
    .where('next_at', '<=', at)
    .execute();
  return [...new Set([...tellings, ...messages].map(({ channel }) => textIn(channel)))].sort();
}

export async function openChannel(engine: Engine, name: string): Promise<OpenChannel> {
  const { db } = engine;
  const channel = safeText(name);
  const messages = await db
    .selectFrom('sentry_monitor_messages')
    .selectAll()
    .where('channel', '=', channel)
    .where('fate', 'in', ['pending', 'uncertain'])
    .where('next_at', 'is not', null)
    .orderBy('created_at')
    .orderBy('message_id')
    .execute();
  const waiting = messages.map(({ message_id: id }) => id);
  const tellings = await withGiven(engine, NAMED, named(waiting))
    .selectFrom('sentry_monitor_tellings')
    .selectAll()
    .where('channel', '=', channel)
    .where(sql<boolean>`((${IS_WAITING} and ${IS_WHOLE}) or message_id in (select name from given))`)
    .orderBy('recorded_at')
    .orderBy('place')
    .orderBy('telling')
    .execute();
  const open = tellings.map(tellingIn);
  const ids = [...new Set(tellings.map(({ alert_id: id }) => id))];
  const ends = endsIn(open);
  const filters = new Set(ends.map(({ alert: { filter } }) => filter));
  return {
    tellings: open,
    messages: messages.map(messageIn),
    ...(await madeLately(engine, channel)),
    acknowledged: await acknowledgedBy(engine, ids.map(textIn)),
    ...(await toldBefore(engine, channel, ids, new Set(waiting))),
    again: againAfter(ends, await lastingIn(engine, channel, filters)),
  };
}

/** Of these filters, as far as the channel was told of it. */
async function lastingIn({ db }: Engine, channel: string, filters: ReadonlySet<string>): Promise<readonly Lasting[]> {
  if (filters.size === 0) return [];
  const rows = await db
    .selectFrom('sentry_monitor_alerts')
    .select(['alert_id', 'since'])
    .where('filter', 'in', [...filters])
    .where('until_window', 'is', null)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('sentry_monitor_tellings as telling')
          .select('telling.telling')
          .where('telling.channel', '=', channel)
          .whereRef('telling.alert_id', '=', 'sentry_monitor_alerts.alert_id')
          .where('telling.fate', 'in', ['sent', 'uncertain']),
      ),
    )
    .execute();
  return rows.map(({ alert_id: id, since }) => ({ id: textIn(id), since }));
}

async function madeLately(
  { db, clock }: Engine,
  channel: string,
): Promise<Pick<OpenChannel, 'createdAt' | 'endedAt' | 'askedUntil'>> {
  const room = sql<number>`coalesce(posted_at, created_at)`;
  const made = await db
    .selectFrom('sentry_monitor_messages as message')
    .select(['fate', room.as('at'), ENDS_ONLY.as('ends'), ASKED.as('asked')])
    .where('channel', '=', channel)
    .where(sql<boolean>`(fate <> 'grouped' or ${IS_ASKED})`)
    .where(room, '>', sql<number>`${clock()} - cast(${DAY_MS} as bigint)`)
    .orderBy('created_at')
    .orderBy('message_id')
    .execute();
  const counted = made.filter(({ fate }) => fate !== 'grouped');
  return {
    createdAt: counted.map(({ at }) => at),
    endedAt: counted.filter(({ ends }) => Number(ends) === 1).map(({ at }) => at),
    askedUntil: made.reduce((latest, { asked }) => Math.max(latest, asked === null ? 0 : askedIn(asked)), 0),
  };
}

/** By id of the alert, the name of who is at it. */
async function acknowledgedBy(engine: Engine, alertIds: readonly string[]): Promise<OpenChannel['acknowledged']> {
  return new Map([...(await acknowledgements(engine, alertIds))].map(([id, { by }]) => [id, by]));
}

/** What this channel knows of the alerts. */
async function toldBefore(
  engine: Engine,
  channel: string,
  alertIds: readonly string[],
  waiting: ReadonlySet<string>,
): Promise<Pick<OpenChannel, 'told' | 'threads'>> {
  if (alertIds.length === 0) return { told: new Set(), threads: new Map() };
  const rows = await withGiven(engine, NAMED, named(alertIds))
    .selectFrom('given')
    .innerJoin('sentry_monitor_tellings as telling', 'telling.alert_id', 'name')
    .leftJoin('sentry_monitor_messages as message', 'message.message_id', 'telling.message_id')
    .select(['telling.alert_id', 'telling.fate', 'telling.message_id', 'message.ref'])
    .where('telling.channel', '=', channel)
    .where(sql<boolean>`(telling.fate in ('sent', 'uncertain') or message.ref is not null)`)
    .orderBy('message.created_at', 'desc')
    .orderBy('message.message_id', 'desc')
    .execute();
  const told = rows.filter(
    ({ fate, message_id: id }) => fate === 'sent' || (fate === 'uncertain' && (id === null || !waiting.has(id))),
  );
  const withRef = rows.flatMap(({ alert_id: id, ref }) => (ref === null ? [] : [[textIn(id), textIn(ref)] as const]));
  return { told: new Set(told.map(({ alert_id: id }) => textIn(id))), threads: new Map(withRef) };
}
