import type { Person } from '../../model/reminders/person.ts';

/** Whom a name means; else why nobody, for people. */
export type Found = { readonly person: Person } | { readonly fault: string; readonly isSeveral: boolean };

/**
 * The person whose name, or key, begins with these words, in any case. A name that is written whole wins over longer
 * ones. Nobody when several remain: a wrong one must not be told.
 */
export function findPerson(people: readonly Person[], written: string): Found {
  const asked = wordsIn(written);
  const fits = people.filter(({ key, name }) => [key, name].some((it) => begins(wordsIn(it), asked)));
  const whole = fits.filter(({ name }) => wordsIn(name).length === asked.length);
  const [first, ...others] = whole.length === 1 && asked.length > 1 ? whole : fits;
  if (first === undefined) return { fault: `nobody is called ${shown(written)}`, isSeveral: false };
  if (others.length === 0) return { person: first };
  const all = [first, ...others].map(({ name }) => name).join(' or ');
  return { fault: `${shown(written)} may be ${all}`, isSeveral: true };
}

function begins(words: readonly string[], asked: readonly string[]): boolean {
  return asked.length > 0 && asked.every((word, index) => words[index] === word);
}

function wordsIn(text: string): readonly string[] {
  return (
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}'’]+/gu) ?? []
  );
}

/** Names come from sheets that others write. */
function shown(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}

/** Those that a cell or a title names: `Ann/Bob`, `Ann, Bob`, `Ann & Bob`, `Ann and Bob`. */
export function namesIn(cell: string): readonly string[] {
  return cell
    .split(/[/,;&+\n]|\s(?:and|und)\s/)
    .map((name) => name.trim())
    .filter((name) => name !== '');
}
