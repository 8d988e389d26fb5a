import * as z from 'zod/mini';
import type { Mute } from '../../../core/model/alerting/rule.ts';
import type { Fate } from '../../../core/model/alerting/alert.ts';
import type { ChannelSeen, Outbox } from '../../../core/ports/alerting/outbox.ts';
import { newMessage } from '../../alerts/new-message.ts';
import { clockOf } from '../../database/clock-of.ts';
import type { Database } from '../../database/database.ts';
import type { Engine } from '../../database/engine.ts';
import { safeText, textIn, textOrNull } from '../alerts/safe-text.ts';
import { parse } from '../codec.ts';
import { deploysSince, putDeploy } from './deploys.ts';
import { acknowledgements, actionsSince, keepAction } from './actions.ts';
import { sqlLeases } from './leases.ts';
import { heldTellings, listedMessages, messagesOf, tellingsOf } from './looks.ts';
import { messagesIn, putMessages } from './messages.ts';
import { dueChannels, openChannel } from './open-channel.ts';
import { tallyOf } from './tally.ts';
import { fateIn, tellingsIn } from './tellings.ts';

/** What is to be told to whom, and what became of it, in tables. */
export function sqlOutbox(database: Database, { uuid }: { uuid(): string }): Outbox {
  return {
    ...sqlLeases(database, uuid),
    now: async () => clockOf(await database.ready()),
    due: async (now) => dueChannels(await database.ready(), now),
    open: async (channel) => openChannel(await database.ready(), channel),
    tellings: async (span) => tellingsIn(await database.ready(), span),
    messages: async (span) => messagesIn(await database.ready(), span),
    tellingsOf: async (alertIds) => tellingsOf(await database.ready(), alertIds),
    messagesOf: async (ids) => messagesOf(await database.ready(), ids),
    listed: async (asked) => listedMessages(await database.ready(), asked),
    held: async (asked) => heldTellings(await database.ready(), asked),
    keepAction: async (action) => keepAction(await database.ready(), action),
    actions: async (asked) => actionsSince(await database.ready(), asked),
    acknowledged: async (alertIds) => acknowledgements(await database.ready(), alertIds),
    channels: async () => channelsSeen(await database.ready()),
    tally: async (filters) => tallyOf(await database.ready(), filters),
    mutes: async () => mutes(await database.ready()),
    mute: async (mute) => putMute(await database.ready(), mute),
    unmute: async (id) => {
      const { db } = await database.ready();
      await db.deleteFrom('sentry_monitor_mutes').where('mute_id', '=', safeText(id)).execute();
    },
    deploys: async (from) => deploysSince(await database.ready(), from),
    deploy: async (deploy) => putDeploy(await database.ready(), deploy),
    post: async (channel, message, now, nextAt) =>
      putMessages(await database.ready(), [newMessage(channel, message, now, nextAt)], false),
  };
}

async function channelsSeen({ db }: Engine): Promise<readonly ChannelSeen[]> {
  const counts = await db
    .selectFrom('sentry_monitor_tellings')
    .select(({ fn }) => ['channel', 'fate', fn.countAll<number>().as('count')])
    .groupBy(['channel', 'fate'])
    .execute();
  const rows = await db.selectFrom('sentry_monitor_channels').selectAll().execute();
  const byName = new Map(rows.map((row) => [row.channel, row]));
  const fates = Map.groupBy(counts, ({ channel }) => channel);
  const names = [...new Set([...byName.keys(), ...fates.keys()])].map((safe) => ({ safe, channel: textIn(safe) }));
  return names
    .sort((a, b) => (a.channel < b.channel ? -1 : 1))
    .map(({ safe, channel }) => ({
      channel,
      lastSuccess: byName.get(safe)?.last_success ?? null,
      counts: Object.fromEntries(
        (fates.get(safe) ?? []).map(({ fate, count }): [Fate, number] => [fateIn(fate), count]),
      ),
      lastError: textOrNull(byName.get(safe)?.last_error ?? null),
    }));
}

const MuteText = z.object({
  id: z.string(),
  what: z.union([
    z.object({ kind: z.enum(['issue', 'rule', 'filter', 'channel', 'page']), name: z.string() }),
    z.object({ kind: z.literal('all') }),
  ]),
  until: z.union([
    z.object({ kind: z.literal('instant'), at: z.number() }),
    z.object({ kind: z.literal('events'), count: z.number() }),
    z.object({ kind: z.literal('release'), name: z.string() }),
    z.object({ kind: z.literal('resolved') }),
  ]),
  why: z.string(),
  since: z.number(),
  by: z.optional(z.string()),
});

async function mutes({ db }: Engine): Promise<readonly Mute[]> {
  const rows = await db.selectFrom('sentry_monitor_mutes').selectAll().execute();
  return rows.map(({ mute }) => parse(MuteText, mute, 'a mute')).sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function putMute({ db }: Engine, mute: Mute): Promise<void> {
  const row = { mute_id: safeText(mute.id), mute: JSON.stringify(mute) };
  await db
    .insertInto('sentry_monitor_mutes')
    .values(row)
    .onConflict((conflict) => conflict.column('mute_id').doUpdateSet({ mute: row.mute }))
    .execute();
}
