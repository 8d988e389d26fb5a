import type { Message } from '../../core/model/alerting/message.ts';
import type { KeptMessage } from '../../core/ports/alerting/outbox.ts';

/** A message that was stored at `at` and not posted yet, and goes at `nextAt` at the earliest. */
export function newMessage(channel: string, message: Message, at: number, nextAt = at): KeptMessage {
  return {
    message,
    channel,
    createdAt: at,
    fate: 'pending',
    tries: 0,
    nextAt,
    isPlain: false,
    isPosting: false,
    owner: null,
    postedAt: null,
    ref: null,
    error: null,
    leftOut: 0,
  };
}
