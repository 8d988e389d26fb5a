import type { ReceivedMessage } from '../world/inbox.ts';
import type { State } from '../world/state.ts';

/** An id as Slack's: of a channel the same for its name. */
export function channelId(name: string): string {
  if (/^[CDG][A-Z0-9]{6,}$/.test(name)) return name;
  const sum = [...name].reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) % 36 ** 6, 7);
  return `C0${sum.toString(36).toUpperCase().padStart(6, '0')}`;
}

/** Seconds with six digits: a text, because a number would lose some. */
export function nextTs({ clock, received }: State): string {
  const { messages } = received.slack;
  const seconds = Math.floor(clock.now() / 1000);
  const last =
    messages
      .map(({ id }) => id)
      .toSorted()
      .at(-1) ?? '0.0';
  const [before = '0', micros = '0'] = last.split('.');
  const next = Number(before) >= seconds ? [Number(before), Number(micros) + 1] : [seconds, 100];
  return `${String(next[0])}.${String(next[1]).padStart(6, '0')}`;
}

/** Where a message is: a name, or the id that it had. */
export function isIn({ to }: Pick<ReceivedMessage, 'to'>, channel: string): boolean {
  return channelId(to) === channelId(channel);
}
