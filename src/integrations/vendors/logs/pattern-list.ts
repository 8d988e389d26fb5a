import { type Format, inWords, plain } from '../../../config/formats.ts';

const MOST_LETTERS = 500;
const MOST_PATTERNS = 50;

/**
 * Patterns of RE2 with commas between them; a comma within brackets is a pattern's own. NOTE: they are compiled when
 * their intake begins, as the engine is not loaded for a file that has none.
 */
export const patternList: Format<readonly string[]> = inWords(
  'patterns of RE2 with commas between them; a comma of a pattern stands in brackets, such as [,]',
  (text, show) => {
    const all = splitPatterns(plain(text, show));
    if (all.includes('')) throw new Error('has an empty pattern; write patterns with single commas between them');
    if (all.length > MOST_PATTERNS) throw new Error(`has ${all.length} patterns; at most ${MOST_PATTERNS} are read`);
    const long = all.find((pattern) => pattern.length > MOST_LETTERS);
    if (long !== undefined)
      throw new Error(`has a pattern of ${long.length} letters; at most ${MOST_LETTERS} are read`);
    return all;
  },
  { type: ['array', 'string'], items: { type: 'string' } },
);

function splitPatterns(text: string): readonly string[] {
  const all: string[] = [''];
  let depth = 0;
  for (let n = 0; n < text.length; n++) {
    const letter = text[n]!;
    if (letter === '\\') {
      all[all.length - 1] += letter + (text[++n] ?? '');
      continue;
    }
    if ('([{'.includes(letter)) depth++;
    if (')]}'.includes(letter)) depth = Math.max(0, depth - 1);
    if (letter === ',' && depth === 0) all.push('');
    else all[all.length - 1] += letter;
  }
  return all.map((pattern) => pattern.trim());
}
