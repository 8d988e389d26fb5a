/** What a literal term of a filter stands for. */

/** NOTE: only A to Z: so Sentry compares the search message (docs/sentry-search.md). */
export function foldAscii(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** With more combinations of the letters outside ASCII, only the usual ways to write a text are asked for. */
const MOST_FORMS = 8;

/** All texts that a term stands for, but for the case of A to Z; as it was written comes first. */
export function formsOf(term: string): readonly string[] {
  const letters = [...term].map(casesOf);
  const combinations = letters.reduce((count, { length }) => count * length, 1);
  const forms = combinations <= MOST_FORMS ? combined(letters) : usual(term);
  return [...new Map([...forms, term].toReversed().map((form) => [foldAscii(form), form])).values()];
}

/** A letter in each of its cases; two of them where they differ within ASCII only are one. */
function casesOf(letter: string): readonly string[] {
  if (letter <= '\u007f') return [letter];
  const lower = letter.toLowerCase();
  const upper = letter.toUpperCase();
  // Its capital was added to Unicode late, and no other letter's case leads there.
  const late = lower === 'ß' ? ['ẞ'] : [];
  return [...new Set([letter, lower, upper, upper.toLowerCase(), lower.toUpperCase(), ...late].map(foldAscii))];
}

function combined(letters: readonly (readonly string[])[]): readonly string[] {
  return letters.reduce<readonly string[]>(
    (heads, cases) => cases.flatMap((it) => heads.map((head) => head + it)),
    [''],
  );
}

function usual(term: string): readonly string[] {
  const lower = term.toLowerCase();
  return [lower, term.toUpperCase(), capital(lower), lower.replace(/[\p{L}\p{M}]+/gu, capital)];
}

function capital(text: string): string {
  const [first = '', ...rest] = text;
  return first.toUpperCase() + rest.join('');
}
