/** Words that say nothing of an error: they are in every traceback, or in every path. */
export const NOISE: readonly string[] =
  'File line in return lib site packages dist python usr local opt venv pyc'.split(' ');

/** Of a text at most, words. */
const MOST_WORDS = 5_000;

/**
 * The words of a text by which texts are compared, in order: letters only (names with an underscore are one word),
 * without the noise.
 */
export function wordsOf(text: string, noise: readonly string[] = NOISE): readonly string[] {
  const ignored = new Set(noise);
  const words = text.replaceAll('_', '').match(/\p{L}+/gu) ?? [];
  return words.filter((word) => !ignored.has(word)).slice(0, MOST_WORDS);
}

/** What of a text is compared: its tracebacks, where it has any, and not what was said with them. */
export function comparedOf(text: string): string {
  const at = text.indexOf('Traceback (most recent call last)');
  return at === -1 ? text : text.slice(at);
}

export type Likeness = 'exact' | 'similar' | 'different';

/**
 * How like a text is to another that was there before it: exact: its words stand in the other one after another;
 * similar: they do without the last, which is where values stand.
 */
export function likenessOf(words: readonly string[], known: readonly string[]): Likeness {
  if (holds(known, words)) return 'exact';
  return holds(known, words.slice(0, -1)) ? 'similar' : 'different';
}

function holds(known: readonly string[], words: readonly string[]): boolean {
  if (words.length === 0) return false;
  // NOTE: words are letters only, so blanks tell them apart.
  return ` ${known.join(' ')} `.includes(` ${words.join(' ')} `);
}
