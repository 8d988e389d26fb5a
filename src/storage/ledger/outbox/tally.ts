import type { AlertTally } from '../../../core/ports/alerting/tally.ts';
import { countFiring } from '../../alerts/count-firing.ts';
import { clockOf } from '../../database/clock-of.ts';
import type { Engine } from '../../database/engine.ts';
import { named, NAMED, withGiven } from '../../database/given-rows.ts';
import { reachesNobody } from '../../../core/alerts/outbox/unheard.ts';
import { alertIn } from '../alerts/alert-text.ts';
import { textIn } from '../alerts/safe-text.ts';

/** `filters`: whose alerts are counted. */
export async function tallyOf(engine: Engine, filters: readonly string[]): Promise<AlertTally> {
  const { db } = engine;
  const firing = await withGiven(engine, NAMED, named(filters))
    .selectFrom('given')
    .innerJoin('sentry_monitor_alerts as kept', 'kept.filter', 'name')
    .select('kept.alert')
    .where('kept.until_window', 'is', null)
    .execute();
  const tellings = await db
    .selectFrom('sentry_monitor_tellings')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min<number | null>('decided_at').as('oldest')])
    .where('message_id', 'is', null)
    .where('fate', '=', 'pending')
    .executeTakeFirstOrThrow();
  const messages = await db
    .selectFrom('sentry_monitor_messages')
    .select(({ fn }) => [fn.countAll<number>().as('count'), fn.min<number | null>('created_at').as('oldest')])
    .where('fate', 'in', ['pending', 'uncertain'])
    .where('next_at', 'is not', null)
    .executeTakeFirstOrThrow();
  const channels = await db
    .selectFrom('sentry_monitor_channels')
    .select(['channel', 'last_success', 'last_error'])
    .orderBy('channel')
    .execute();
  const now = await clockOf(engine);
  const times = [tellings, messages].flatMap(({ oldest }) => oldest ?? []);
  return {
    firing: countFiring(firing.map(({ alert }) => alertIn(alert))),
    pending: tellings.count + messages.count,
    waitedMs: times.length === 0 ? null : Math.max(0, now - Math.min(...times)),
    unheard: channels
      .filter((it) => reachesNobody({ lastSuccess: it.last_success, lastError: it.last_error }, now))
      .map(({ channel }) => textIn(channel)),
  };
}
