import type { Message } from '../../model/alerting/message.ts';
import { mostThatFit } from './most-that-fit.ts';
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
 * fewer of these. Calls are left out first, then events of issues, then alerts, each from the end, and it is said.
 * `calls`: how many of an alert are tried at first; some: as many as a chat has room for.
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

function withNotes(words: Worded, most: number): Worded {
  const rest = words.notes.length - most;
  const more = rest > 0 ? [`and ${rest} more lines`] : [];
  return { ...words, notes: [...words.notes.slice(0, most), ...more] };
}
