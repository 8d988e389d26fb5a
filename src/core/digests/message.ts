import type { Digest } from '../model/alerting/digest.ts';
import type { Message } from '../model/alerting/message.ts';
import { isoOf } from '../model/window.ts';
import { linesOf } from './words/lines.ts';

/** The same on every server: the outbox takes an id once. `slotEnd`: ISO. */
export function digestId(name: string, slotEnd: string, channel: string): string {
  return `digest/${name}@${slotEnd}/${channel}`;
}

export function isDigestOf({ id }: Pick<Message, 'id'>, name: string): boolean {
  return id.startsWith(`digest/${name}@`);
}

/** A digest for one channel. */
export function messageOf(
  digest: Digest,
  channel: string,
  { now, server, uuid }: { readonly now: number; readonly server: string; uuid(): string },
): Message {
  return {
    id: digestId(digest.name, digest.slot.end, channel),
    type: 'digest',
    sentAt: isoOf(now),
    alerts: [],
    lines: linesOf(digest),
    collects: null,
    mayRepeat: false,
    thread: null,
    server,
    digest,
    ...(digest.chart === null ? {} : { pictureKey: uuid() }),
  };
}
