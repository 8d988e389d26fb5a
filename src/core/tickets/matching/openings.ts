import type { Hash } from '../../logs/issues/issue-key.ts';

/** How the words of a traceback begin. */
const MARKER: readonly string[] = ['Traceback', 'most', 'recent', 'call', 'last'];
/** Words of an opening. */
const LENGTH = 8;

/** The first words of each traceback in a text, in so many hexadecimal digits: few texts have the same. */
export function openingsIn(words: readonly string[], hash: Hash): readonly string[] {
  const starts = words.flatMap((_, at) => (MARKER.every((word, index) => words[at + index] === word) ? at : []));
  const whole = starts.filter((at) => at + LENGTH <= words.length);
  return [...new Set(whole.map((at) => hash(words.slice(at, at + LENGTH).join(' ')).slice(0, 32)))];
}

/** The words of an issue by which tickets are found, from its first traceback on; null: too few to tell it by. */
export function tracebackWords(words: readonly string[]): readonly string[] | null {
  const start = words.findIndex((_, at) => MARKER.every((word, index) => words[at + index] === word));
  // NOTE: a similar text lacks the last word, and must have the opening all the same.
  return start === -1 || words.length - start <= LENGTH ? null : words.slice(start);
}
