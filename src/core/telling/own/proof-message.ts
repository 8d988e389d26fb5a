import type { Message } from '../../model/alerting/message.ts';
import { isoOf } from '../../model/window.ts';
import { PREFIX } from './own-message.ts';

/** A message that proves that a channel is heard. */
export function proofMessage(
  channel: string,
  id: string,
  { now, server }: { readonly now: number; readonly server: string },
): Message {
  return {
    id: `${PREFIX}proof/${channel}@${id}`,
    type: 'message',
    sentAt: isoOf(now),
    alerts: [],
    lines: [`This is a test of the channel ${channel}: it works, and nothing is to be done.`],
    collects: null,
    mayRepeat: false,
    thread: null,
    server,
  };
}
