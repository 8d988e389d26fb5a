import type { Message } from '../../../core/model/alerting/message.ts';
import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { countOf, isAllOver } from '../../../platform/posting/all-over.ts';
import type { PostDeps } from '../../../platform/posting/post.ts';
import { type Bot, type Call, callAs, chatId } from './call.ts';
import { requestOf } from './photo.ts';

type Sent = Pick<Message, 'thread' | 'alerts'>;
type Send = (body: object, message: Sent, scope: Scope) => Promise<SendOutcome>;

/**
 * Sends as a bot: a new message, or an answer to the one that told of it first. When all that the first one told is
 * over, it is edited before that. A group that became a supergroup has another id: the message goes there at once, and
 * so do all later ones.
 */
export function sendAs(bot: Bot, deps: PostDeps): Send {
  const call = callAs(bot, deps);
  let chat = bot.chat;
  return async (body, message, scope) => {
    const first = firstOf(message.thread, chat);
    if (first !== null && isAllOver(first.alerts, message.alerts)) {
      const ended = await edit(call, body, first, scope);
      if (ended !== null) return ended;
    }
    const post = () => {
      const { method, type, body: form } = requestOf({ ...body, ...placeOf(chat, message.thread) });
      return call(method, form, scope, type);
    };
    const posted = await post();
    if (posted.movedTo === null) return told(posted.outcome, message);
    chat = String(posted.movedTo);
    scope.log.warn({ channel: bot.service, chat }, 'the chat has moved: write its new id into the file');
    return told((await post()).outcome, message);
  };
}

/**
 * What ends the try; null: the answer may go out. NOTE: a trouble that may pass does, also one of unknown outcome:
 * nothing was posted yet, and to edit again changes nothing. What can never be edited is answered all the same.
 */
async function edit(call: Call, body: object, { chat, id }: First, scope: Scope): Promise<SendOutcome | null> {
  const { message_thread_id: _, ...content } = body as { readonly message_thread_id?: number };
  const place = { chat_id: chatId(chat), message_id: id };
  const { outcome } = await call('editMessageText', { ...content, ...place }, scope);
  if (outcome.status === 'uncertain') return { status: 'retry', why: outcome.why };
  return outcome.status === 'retry' ? outcome : null;
}

/** The message that told of something first. */
interface First {
  readonly chat: string;
  readonly id: number;
  /** Alerts that it told of; NaN: not known, it is of an earlier version. */
  readonly alerts: number;
}

/** Null: there is none. Numbers of messages begin anew in a group that has moved. */
function firstOf(thread: string | null, chat: string): First | null {
  const [, where, id, alerts] = /^(-?\d+)\/(\d+)(?:\/(\d+))?$/.exec(thread ?? '') ?? [];
  if (where === undefined || (typeof chatId(chat) === 'number' && where !== chat)) return null;
  return { chat: where, id: Number(id), alerts: Number(alerts) };
}

function placeOf(chat: string, thread: string | null): object {
  const first = firstOf(thread, chat);
  const reply = first === null ? {} : { reply_parameters: { message_id: first.id, allow_sending_without_reply: true } };
  return { chat_id: chatId(chat), ...reply };
}

function told(outcome: SendOutcome, { alerts }: Sent): SendOutcome {
  if (outcome.status !== 'accepted' || outcome.ref === undefined) return outcome;
  return { ...outcome, ref: `${outcome.ref}/${countOf(alerts)}` };
}
