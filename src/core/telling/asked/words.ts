/** Words that cannot be understood; the message names what is wrong and says what to do. */
export class BadWords extends Error {
  override readonly name = 'BadWords';
}

/** What somebody asks for, by key: from JSON, or texts. */
export type Words = Readonly<Partial<Record<string, unknown>>>;

/** Throws a BadWords for a key that is none of these. */
export function checkKeys(words: Words, known: readonly string[]): void {
  for (const key of Object.keys(words))
    if (!known.includes(key)) throw new BadWords(`${quoted(key)} is not known; there are ${known.join(', ')}`);
}

/** Undefined: it is not there. A number may be an id. */
export function textOf(words: Words, key: string): string | undefined {
  const given = words[key];
  if (given === undefined) return undefined;
  if (typeof given === 'string') return given.trim();
  if (typeof given === 'number' && Number.isSafeInteger(given)) return String(given);
  throw new BadWords(`${key} must be a text`);
}

/** A text of one line. */
export function bounded(key: string, text: string, most: number): string {
  if (text === '') throw new BadWords(`${key} is empty; write it`);
  if (text.length > most) throw new BadWords(`${key} has more than ${most} characters; write less`);
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) throw new BadWords(`${key} must be on one line, without control characters`);
  return text;
}

/** Something a stranger wrote, short and on one line. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60).toWellFormed()}…` : text);
}

/** A whole number from 1 to `most`. */
export function countOf(words: Words, key: string, most: number): number {
  const given = words[key];
  const count = typeof given === 'number' || /^\d{1,10}$/.test(String(given)) ? Number(given) : NaN;
  if (Number.isInteger(count) && count >= 1 && count <= most) return count;
  throw new BadWords(`${key} must be a whole number from 1 to ${most}`);
}
