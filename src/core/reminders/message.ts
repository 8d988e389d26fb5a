import type { Message } from '../model/alerting/message.ts';
import type { LocalDay } from '../model/people/sheet.ts';
import { isoOf } from '../model/window.ts';

/** How the ids of all messages of a reminder begin. */
function prefixOf(name: string): string {
  return `reminder/${name}@`;
}

/** What a reminder tells by one channel on a day. The id is the same on every server: the outbox takes it once. */
export function reminderMessage(
  { name, day, channel }: { readonly name: string; readonly day: LocalDay; readonly channel: string },
  lines: readonly string[],
  { now, server }: { readonly now: number; readonly server: string },
): Message {
  return {
    id: `${prefixOf(name)}${day}/${channel}`,
    type: 'message',
    sentAt: isoOf(now),
    alerts: [],
    lines,
    collects: null,
    mayRepeat: false,
    thread: null,
    server,
  };
}
