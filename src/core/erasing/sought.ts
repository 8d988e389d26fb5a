import { NOISE, wordsOf } from '../logs/similar/similar.ts';
import { patternOf } from './pattern.ts';

/** What stands in a text in the place of a name. */
export const ERASED = '[erased]';

/** Letters at most, as many as are kept of a user. */
const MOST = 200;
/** Fewer are in everybody's texts. */
const LEAST = 3;
/** A number of fewer digits may be anything; so may a word of fewer letters in a list of words. */
const [LEAST_DIGITS, LEAST_LETTERS] = [7, 4];
const KINDS = ['id', 'username', 'email', 'ip'] as const;

/** A name that somebody is known by, and how it is looked for. */
export interface Sought {
  /**
   * It is a short number, or of a kind: only where it is an event's user it is one, and only such events are theirs.
   * In texts it may be anything.
   */
  readonly isNarrow: boolean;
  /** Who an event's user is. */
  isUser(user: string | null): boolean;
  /** The same text without the name. */
  without(text: string): string;
  /** The same words without the name's, with one blank between two, and none at the ends. */
  withoutWords(words: string): string;
  /** Runs of English letters and digits, in lower case: a text without one of them does not hold the name. */
  readonly runs: readonly string[];
  /** So for lists of words; null: it is not looked for there. */
  readonly wordRuns: readonly string[] | null;
}

/** Why somebody cannot be looked for by that name. */
export class BadName extends Error {
  override readonly name = 'BadName';
}

/** Throws a BadName for a text that is nobody's name. */
export function soughtBy(written: string): Sought {
  const { kind, name } = parted(written.trim());
  check(written, name, kind !== null);
  const isNarrow = kind !== null || (/^\d+$/.test(name) && name.length < LEAST_DIGITS);
  const pattern = patternOf(name);
  const without = (text: string): string => text.replace(pattern, ERASED);
  if (without(ERASED) !== ERASED) throw new BadName(`${name} is part of ${ERASED}, which stands where a name was`);
  const forms = new Set(
    (kind === null ? ['', ...KINDS.map((it) => `${it}:`)] : ['', `${kind}:`]).map((it) => it + name),
  );
  const lower = new Set([...forms].map((it) => it.slice(0, MOST).toLowerCase()));
  const words = isNarrow ? [] : wordsOf(name, NOISE);
  const isListed = words.join('').length >= LEAST_LETTERS;
  const inLists = isListed ? new RegExp(`(?<![^ ])${words.join(' ')}(?![^ ])`, 'giu') : null;
  return {
    isNarrow,
    isUser: (user) => user !== null && (lower.has(user.toLowerCase()) || (!isNarrow && without(user) !== user)),
    without,
    withoutWords: (list) => (inLists === null ? list : list.replace(inLists, '').replace(/ {2,}/g, ' ').trim()),
    runs: runsIn(name),
    wordRuns: isListed ? runsIn(words.join(' ')) : null,
  };
}

function parted(written: string): { readonly kind: string | null; readonly name: string } {
  const kind = KINDS.find((it) => written.startsWith(`${it}:`));
  return kind === undefined ? { kind: null, name: written } : { kind, name: written.slice(kind.length + 1).trim() };
}

function check(written: string, name: string, hasKind: boolean): void {
  if (name === '') throw new BadName('a name is empty: write the id, name, mail or address of the user');
  if (name.length > MOST) throw new BadName(`a name has more than ${MOST} letters: so many are kept of a user`);
  if (hasKind || name.length >= LEAST) return;
  throw new BadName(`${written} is too short: it is in everybody's texts; write what it is, as in id:${name}`);
}

function runsIn(name: string): readonly string[] {
  return [...new Set(name.toLowerCase().match(/[a-z0-9]{2,}/g) ?? [])];
}
