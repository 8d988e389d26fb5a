import { cleanText } from '../../alerts/words/clean-text.ts';
import { secondText } from '../../alerts/words/times.ts';
import type { Hit } from '../../model/ticketing/content.ts';
import type { Word } from '../../ports/tickets/tracker.ts';

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
  const time = secondText(at);
  const who = user === null ? [] : [{ text: `, user ${cleanText(user)}` }];
  return [url === null ? { text: time } : { text: time, url }, ...who];
}
