import type { Message } from '../../../core/model/alerting/message.ts';
import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import { countOf, isAllOver } from '../../../platform/posting/all-over.ts';
import { isGone } from '../../vendors/slack/refusals.ts';
import type { Api, Called } from './api.ts';

type Sent = Pick<Message, 'thread' | 'alerts'>;

/**
 * A new message, or an answer below the one that told of it first. When all that the first one told is over, it is
 * edited before that, so that the channel shows at a glance what still lasts.
 */
export async function sendWith(api: Api, body: object, message: Sent, scope: Scope): Promise<SendOutcome> {
  const first = firstOf(message.thread);
  if (first === null) return told(await api.call('chat.postMessage', body, scope), message);
  if (isAllOver(first.alerts, message.alerts)) {
    const edited = await edit(api, body, first, scope);
    if (edited === 'gone') return told(await api.call('chat.postMessage', body, scope), message);
    if (edited !== 'done') return edited;
  }
  const place = { channel: first.channel, thread_ts: first.ts };
  const answered = await api.call('chat.postMessage', { ...body, ...place }, scope);
  if (isGone(answered.word)) return told(await api.call('chat.postMessage', body, scope), message);
  const { outcome } = answered;
  return outcome.status === 'accepted' ? { ...outcome, ref: message.thread! } : outcome;
}

/**
 * NOTE: a trouble that may pass ends the try, also one of unknown outcome: nothing was posted yet, and to edit again
 * changes nothing. What can never be edited is answered all the same.
 */
async function edit(
  api: Api,
  body: object,
  { channel, ts }: First,
  scope: Scope,
): Promise<SendOutcome | 'done' | 'gone'> {
  const { outcome, word } = await api.call('chat.update', { ...body, channel, ts }, scope);
  if (isGone(word)) return 'gone';
  if (outcome.status === 'uncertain') return { status: 'retry', why: outcome.why };
  return outcome.status === 'retry' ? outcome : 'done';
}

/** The message that told of something first. */
interface First {
  readonly channel: string;
  readonly ts: string;
  /** Alerts that it told of. */
  readonly alerts: number;
}

/** NOTE: an answer's own place is none to answer to, so answers have the reference of the first message. */
function told({ outcome, place }: Called, message: Sent): SendOutcome {
  if (outcome.status !== 'accepted' || place === null) return outcome;
  return { ...outcome, ref: `${place.channel}/${place.ts}/${countOf(message.alerts)}` };
}

function firstOf(thread: string | null): First | null {
  const [, channel, ts, alerts] = /^([^/]+)\/([^/]+)\/(\d+)$/.exec(thread ?? '') ?? [];
  return channel === undefined ? null : { channel, ts: ts!, alerts: Number(alerts) };
}
