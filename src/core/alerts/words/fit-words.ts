import type { Message } from '../../model/alerting/message.ts';
import { LISTED, type Worded, wordsOf } from './worded.ts';

/** A message as far as there was room for it. */
export interface FittedWords<T> {
  readonly rendered: T;
  /** Alerts that are not named in it. */
  readonly leftOut: number;
}

/** Calls of an alert that stands alone in a chat, and of one among others. */
const ALONE = 5;
const AMONG = 3;

/**
 * With as many alerts as are listed, or as many as there is room for; when not even one fits beside the notes, with
 * fewer of these. What is left out is said. `calls`: of what led to an alert's issue some,
 * as chats have room, or all; they are left out before any event of an issue is, these before any alert, the newest
 * last.
 */
export function fitWords<T>(
  message: Message,
  render: (words: Worded) => T,
  fits: (rendered: T) => boolean,
  calls: 'some' | 'all' = 'some',
): FittedWords<T> {
  const all = message.alerts.length;
  const listed = Math.min(LISTED, all);
  for (const shown of callsToTry(message, calls)) {
    const rendered = render(wordsOf(message, listed, shown));
    if (fits(rendered)) return { rendered, leftOut: all - listed };
  }
  const hits = mostThatFit(mostHitsOf(message), (count) => fits(render(wordsOf(message, listed, 0, count))));
  if (hits !== null) return { rendered: render(wordsOf(message, listed, 0, hits)), leftOut: all - listed };
  for (let most = listed; most > 0; most--) {
    const rendered = render(wordsOf(message, most, 0, 0));
    if (fits(rendered)) return { rendered, leftOut: all - most };
  }
  const most = Math.min(1, all);
  const words = wordsOf(message, most, 0, 0);
  const notes = mostThatFit(words.notes.length, (count) => fits(render(withNotes(words, count))));
  if (notes !== null) return { rendered: render(withNotes(words, notes)), leftOut: all - most };
  return { rendered: render(withNotes(wordsOf(message, 0), 0)), leftOut: all };
}

function mostHitsOf({ hits = {} }: Message): number {
  return Math.max(0, ...Object.values(hits).map(({ listed }) => listed.length));
}

function callsToTry({ alerts, calls }: Message, which: 'some' | 'all'): readonly number[] {
  if (calls === undefined) return [];
  if (which === 'all') return [Infinity, 1];
  return [alerts.length === 1 ? ALONE : AMONG, 1];
}

/** The largest count up to `most` that fits, of which all smaller ones do as well; null: none does. */
function mostThatFit(most: number, fits: (count: number) => boolean): number | null {
  if (fits(most)) return most;
  let [good, bad] = [-1, most];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (fits(middle)) good = middle;
    else bad = middle;
  }
  return good < 0 ? null : good;
}

function withNotes(words: Worded, most: number): Worded {
  const rest = words.notes.length - most;
  const more = rest > 0 ? [`and ${rest} more lines`] : [];
  return { ...words, notes: [...words.notes.slice(0, most), ...more] };
}
