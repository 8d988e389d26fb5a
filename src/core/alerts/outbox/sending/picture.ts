import { chartOf } from '../../../chart/said.ts';
import type { Message } from '../../../model/alerting/message.ts';
import type { Channel } from '../../../ports/alerting/channel.ts';
import type { KeptMessage } from '../../../ports/alerting/outbox.ts';

/** What is to follow a message that was sent just now: its picture, below it; null: nothing. */
export function pictureAfter({ message, fate, ref }: KeptMessage, { picture }: Channel): Message | null {
  const isWanted = picture === 'after' && fate === 'sent' && message.part === undefined && chartOf(message) !== null;
  if (!isWanted) return null;
  const lines = [`Chart of the digest ${message.digest!.name}`];
  // The same id for the same message, so that there is one picture of it, whatever happens between the two.
  return { ...message, id: `${message.id}/picture`, part: 'picture', lines, mayRepeat: false, thread: ref };
}
