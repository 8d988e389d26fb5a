import type { ReceivedMessage } from '../world/inbox.ts';
import type { State } from '../world/state.ts';

/** An id as Slack's: of a channel the same for its name. */
export function channelId(name: string): string {
  if (/^[CDG][A-Z0-9]{6,}$/.test(name)) return name;
  const sum = [...name].reduce((all, letter) => (all * 31 + letter.charCodeAt(0)) % 36 ** 6, 7);
  return `C0${sum.toString(36).toUpperCase().padStart(6, '0')}`;
}

/** Seconds with six digits more: a text, because a number would lose some. `n`: of the request. */
export function tsOf({ clock }: State, n: number): string {
  return `${String(Math.floor(clock.now() / 1000))}.${String(n).padStart(6, '0')}`;
}

/** Where a message is: a name, or the id that it had. */
export function isIn({ to }: Pick<ReceivedMessage, 'to'>, channel: string): boolean {
  return channelId(to) === channelId(channel);
}
