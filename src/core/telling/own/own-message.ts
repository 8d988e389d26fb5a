import type { Message } from '../../model/alerting/message.ts';
import { HOUR_MS, isoOf } from '../../model/window.ts';

/** Of the ids of what the program says of itself. */
export const PREFIX = 'own/';

/** How the ids of all messages of a kind begin. */
export function ownPrefix(kind: string): string {
  return `${PREFIX}${kind}@`;
}

/** What the program says of itself. The same kind has the same id within an hour, on every server. */
export function ownMessage(
  kind: string,
  line: string,
  { now, server, details = [] }: { now: number; server: string; details?: readonly string[] },
): Message {
  return {
    id: `${ownPrefix(kind)}${isoOf(Math.floor(now / HOUR_MS) * HOUR_MS)}`,
    type: 'message',
    sentAt: isoOf(now),
    alerts: [],
    lines: [line, ...details],
    collects: null,
    mayRepeat: false,
    thread: null,
    server,
  };
}

export function isOwn(messageId: string): boolean {
  return messageId.startsWith(PREFIX);
}
