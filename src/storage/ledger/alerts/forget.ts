import { type RawBuilder, sql } from 'kysely';
import { DAY_MS } from '../../../core/model/window.ts';
import { clockOf, MOST_SKEW_MS } from '../../database/clock-of.ts';
import type { Engine } from '../../database/engine.ts';
import { inSteps, removeInSteps } from '../upkeep/in-steps.ts';
import { IS_OPEN, IS_WAITING } from '../outbox/open-channel.ts';
import { rollUp } from './roll-up.ts';

/** Counts by day, and states of filters that nobody decides any more, days. */
const COUNTS_DAYS = 90;
/** What is known of an issue, and who was told of it, after the last window that it was in, days. */
const KNOWN_DAYS = 2 * COUNTS_DAYS;
/** What was given up here is seen for so much longer, days. */
const SEEN_DAYS = 1;

/**
 * Forgets of rules what is too old, in small steps. What is open in the outbox is given up first, and is seen for a day
 * more. False: nothing was touched, because the clocks differ.
 */
export async function forgetAlerts(engine: Engine, messageDays: number, now: number): Promise<boolean> {
  if (!(await isUsed(engine))) return true;
  if (Math.abs((await clockOf(engine)) - now) > MOST_SKEW_MS) return false;
  while (await rollUp(engine));
  const before = (days: number): RawBuilder<number> =>
    sql<number>`${engine.clock()} - cast(${days * DAY_MS} as bigint)`;
  await forgetMessages(engine, before, messageDays);
  await removeInSteps(
    engine,
    'sentry_monitor_issue_days',
    ['filter', 'day_start'],
    sql`day_start < ${before(COUNTS_DAYS)}`,
  );
  await removeInSteps(
    engine,
    'sentry_monitor_rule_states',
    ['filter', 'window_start'],
    sql`window_start < ${before(COUNTS_DAYS)}`,
  );
  // What began to be decided and never took effect: the next decision has another number.
  const isOver = sql`not exists (select 1 from sentry_monitor_rule_heads as head
    where head.filter = sentry_monitor_decisions.filter
      and sentry_monitor_decisions.number in (head.number, head.writing))`;
  await removeInSteps(engine, 'sentry_monitor_decisions', ['filter', 'number', 'part'], isOver);
  await removeInSteps(engine, 'sentry_monitor_deploys', ['deploy_id'], sql`until_at < ${before(COUNTS_DAYS)}`);
  await forgetKnown(engine, before(KNOWN_DAYS));
  return true;
}

/** A ledger without rules is asked for nothing more. */
async function isUsed({ db }: Engine): Promise<boolean> {
  const { rows } = await sql`select 1 from sentry_monitor_rule_heads
    union all select 1 from sentry_monitor_messages limit 1`.execute(db);
  return rows.length > 0;
}

async function forgetMessages(
  engine: Engine,
  before: (days: number) => RawBuilder<number>,
  days: number,
): Promise<void> {
  const [old, older] = [before(days), before(days + SEEN_DAYS)];
  const tellings = sql`recorded_at < ${old} and not ${IS_WAITING}
    and (fate <> 'given up' or recorded_at < ${older})
    and not exists (select 1 from sentry_monitor_messages as message
      where message.message_id = sentry_monitor_tellings.message_id and ${OPEN_MESSAGE})`;
  await removeInSteps(engine, 'sentry_monitor_tellings', ['telling'], tellings);
  const messages = sql`created_at < ${old} and not ${IS_OPEN} and (fate <> 'given up' or created_at < ${older})`;
  await removeInSteps(engine, 'sentry_monitor_messages', ['message_id'], messages);
  await removeInSteps(engine, 'sentry_monitor_alerts', ['alert_id'], sql`until_window < ${old}`);
  const actions = sql`at < ${old} and not (kind = 'acknowledge' and exists (select 1 from sentry_monitor_alerts as alert
    where alert.alert_id = target and alert.until_window is null))`;
  await removeInSteps(engine, 'sentry_monitor_actions', ['action_id'], actions);
  await giveUp(engine, old, `it could not be told within ${days} days`);
}

const OPEN_MESSAGE = sql`(message.fate = 'pending' or (message.fate = 'uncertain' and message.next_at is not null))`;

/** Open messages and tellings that are so old, and the tellings of those messages. */
async function giveUp({ db }: Engine, old: RawBuilder<number>, reason: string): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const messages = await trx
      .updateTable('sentry_monitor_messages')
      .set({ fate: 'given up', next_at: null })
      .where('created_at', '<', old)
      .where(IS_OPEN)
      .returning('message_id')
      .execute();
    const ids = messages.map(({ message_id: id }) => id);
    await trx
      .updateTable('sentry_monitor_tellings')
      .set({ fate: 'given up', reason })
      .where(({ or, and, eb }) =>
        or([
          and([eb('recorded_at', '<', old), IS_WAITING]),
          ...(ids.length === 0 ? [] : [eb('message_id', 'in', ids)]),
        ]),
      )
      .execute();
  });
}

/** Key and first event of an issue stay for ever. */
async function forgetKnown(engine: Engine, before: RawBuilder<number>): Promise<void> {
  // NOTE: a subject may have more behind an @, where it can happen again.
  const told = sql`told_at < ${before} and not exists (select 1 from sentry_monitor_issues as known
    where known.filter = sentry_monitor_told.filter and known.seen_at >= ${before}
      and (known.issue = subject or subject like known.issue || '@%'))`;
  await removeInSteps(engine, 'sentry_monitor_told', ['filter', 'rule', 'subject', 'channel'], told);
  await inSteps(
    engine,
    (most) => sql`update sentry_monitor_issues
      set project = null, title = null, culprit = null, level = null, url = null, status = null, back_at = null
      where (filter, issue) in (select filter, issue from sentry_monitor_issues
        where seen_at < ${before} and url is not null limit ${most})`,
  );
}
