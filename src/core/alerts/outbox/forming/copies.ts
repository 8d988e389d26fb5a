import type { Message } from '../../../model/alerting/message.ts';
import type { Channel } from '../../../ports/alerting/channel.ts';
import type { KeptMessage } from '../../../ports/alerting/outbox.ts';

/** A message of somebody else, for their own channel. */
export interface Copy {
  readonly channel: string;
  readonly message: Message;
}

/**
 * What others get of a message that is posted for the first time. Their ids follow from its own, so that each gets one,
 * however often it is posted; one that is formed anew with later news is another.
 */
export function copiesOf({ message, postedAt }: KeptMessage, { also }: Pick<Channel, 'also'>): readonly Copy[] {
  if (also === undefined || postedAt !== null || message.part !== undefined) return [];
  const { id } = message;
  const copy = { ...message, lines: [...also.lines, ...message.lines], thread: null, mayRepeat: false, copyOf: id };
  return also.channels.map((channel) => ({ channel, message: { ...copy, id: `${id}/${channel}` } }));
}
