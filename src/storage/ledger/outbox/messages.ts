import * as z from 'zod/mini';
import type { Message } from '../../../core/model/alerting/message.ts';
import type { KeptMessage } from '../../../core/ports/alerting/outbox.ts';
import type { MessageRow } from '../../database/alert-tables.ts';
import type { Columns, Engine } from '../../database/engine.ts';
import { allGiven, withGiven } from '../../database/given-rows.ts';
import { safeOrNull, safeText, textIn, textOrNull } from '../alerts/safe-text.ts';
import { parse } from '../codec.ts';
import { fateIn } from './tellings.ts';

const MESSAGE: Columns<MessageRow> = {
  message_id: 'text',
  channel: 'text',
  created_at: 'bigint',
  fate: 'text',
  next_at: 'bigint',
  posted_at: 'bigint',
  ref: 'text',
  message: 'text',
  posts: 'text',
};
const COLUMNS = Object.keys(MESSAGE) as (keyof MessageRow)[];

const PostsText = z.object({
  tries: z.number(),
  isPlain: z.boolean(),
  isPosting: z.boolean(),
  owner: z.nullable(z.string()),
  error: z.nullable(z.string()),
  leftOut: z.number(),
  waitsSince: z.optional(z.number()),
  askedUntil: z.optional(z.number()),
});
const MessageText = z.looseObject({
  id: z.string(),
  type: z.enum(['alerts', 'digest', 'message']),
  alerts: z.array(z.looseObject({ id: z.string() })),
  lines: z.array(z.string()),
});

function rowOf({ message, channel, createdAt, fate, nextAt, postedAt, ref, ...posts }: KeptMessage): MessageRow {
  return {
    message_id: safeText(message.id),
    channel: safeText(channel),
    created_at: createdAt,
    fate,
    next_at: nextAt === Infinity ? null : nextAt,
    posted_at: postedAt,
    ref: safeOrNull(ref),
    message: JSON.stringify(message),
    posts: JSON.stringify(posts),
  };
}

export function messageIn(row: MessageRow): KeptMessage {
  return {
    message: parse(MessageText, row.message, 'a message') as unknown as Message,
    channel: textIn(row.channel),
    createdAt: row.created_at,
    fate: fateIn(row.fate) as KeptMessage['fate'],
    nextAt: row.next_at ?? Infinity,
    postedAt: row.posted_at,
    ref: textOrNull(row.ref),
    ...parse(PostsText, row.posts, 'posts of a message'),
  };
}

/** Of a message's posts, before when the vendor wants nothing, epoch ms; 0: it did not say. */
export function askedIn(posts: string): number {
  return parse(PostsText, posts, 'posts of a message').askedUntil ?? 0;
}

/** `isReplaced`: one whose id is known becomes this one; else it stays. */
export async function putMessages(
  engine: Engine,
  messages: readonly KeptMessage[],
  isReplaced: boolean,
): Promise<void> {
  if (messages.length === 0) return;
  const rows = [...new Map(messages.map((it) => [it.message.id, it])).values()].map(rowOf);
  await withGiven(engine, MESSAGE, rows)
    .insertInto('sentry_monitor_messages')
    .columns(COLUMNS)
    .expression(allGiven(COLUMNS, ['message_id']))
    .onConflict((conflict) =>
      isReplaced
        ? conflict
            .column('message_id')
            .doUpdateSet(({ ref }) =>
              Object.fromEntries(
                COLUMNS.filter((name) => name !== 'message_id').map((name) => [name, ref(`excluded.${name}`)]),
              ),
            )
        : conflict.column('message_id').doNothing(),
    )
    .execute();
}

/** Created in [from, to), the oldest first. */
export async function messagesIn(
  { db }: Engine,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly KeptMessage[]> {
  const rows = await db
    .selectFrom('sentry_monitor_messages')
    .selectAll()
    .where('created_at', '>=', from)
    .where('created_at', '<', to)
    .orderBy('created_at')
    .orderBy('message_id')
    .execute();
  return rows.map(messageIn);
}
