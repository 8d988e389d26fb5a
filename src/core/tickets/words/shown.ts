import { cleanText } from '../../alerts/words/clean-text.ts';
import type { Hit } from '../../model/ticketing/content.ts';
import type { Word } from '../../ports/tickets/tracker.ts';

/** `2026-11-20 10:00:05 UTC`. */
export function instantText(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** The newest instant that a text of ours names, epoch ms to a second; null: it names none. */
export function newestIn(text: string): number | null {
  const found = text.matchAll(/\b(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2}) UTC\b/g);
  const instants = [...found].flatMap(([, day, time]) => {
    const at = Date.parse(`${day}T${time}Z`);
    return Number.isNaN(at) ? [] : [at];
  });
  return instants.length === 0 ? null : instants.reduce((one, other) => Math.max(one, other));
}

export function hitWords({ at, user, url }: Hit): readonly Word[] {
  const time = instantText(at);
  const who = user === null ? [] : [{ text: `, user ${cleanText(user)}` }];
  return [url === null ? { text: time } : { text: time, url }, ...who];
}
