import { hasSurged } from '../window-text.ts';

const LIST = '"issues":[';
const OPEN = '['.charCodeAt(0);
const CLOSE = ']'.charCodeAt(0);
const COMMA = ','.charCodeAt(0);
const ZERO = '0'.charCodeAt(0);

/** Ids that were read last, each in a slot that its last letters decide. */
export type ReadIds = string[];

const SLOTS = 4_096;
const LAST = 4;

/** For all texts of a statement. NOTE: not for longer, because an id may hold the text that it was read from. */
export function readIds(): ReadIds {
  return new Array<string>(SLOTS).fill('');
}

/**
 * Each issue of the texts of windows, one text after the other, with its counts alone, and whether it surged. NOTE: of
 * some ten thousand windows. The texts are read letter by letter as `windowText` writes them, and nothing is made but
 * an id that was not read before: objects of which little is wanted take three times as long.
 */
export function eachCount(
  texts: string,
  ids: ReadIds,
  count: (id: string, events: number, users: number, surged: boolean) => void,
): void {
  let at = 0;
  const numberIn = (): number => {
    const from = at + 1;
    let end = from;
    let value = 0;
    for (let digit: number; (digit = texts.charCodeAt(end) - ZERO) >= 0 && digit <= 9; end++)
      value = value * 10 + digit;
    if (end === from || texts.charCodeAt(end) !== COMMA) throw strange();
    at = end;
    return value;
  };
  for (let list = listAfter(texts, 0); list >= 0; list = listAfter(texts, at)) {
    for (at = list; texts.charCodeAt(at) === OPEN; at += texts.charCodeAt(at) === COMMA ? 1 : 0) {
      const end = endOfId(texts, at + 2);
      const id = idIn(texts, at + 2, end, ids);
      at = end + 1;
      numberIn();
      const events = numberIn();
      const users = numberIn();
      const flags = numberIn();
      at = texts.indexOf(']', at) + 1;
      count(id, events, users, hasSurged(flags));
    }
    if (texts.charCodeAt(at) !== CLOSE) throw strange();
  }
}

/** Where the next list of issues begins; below zero: there is none. Of no text is there none at all. */
function listAfter(texts: string, at: number): number {
  const found = texts.indexOf(LIST, at);
  if (found < 0 && at === 0) throw strange();
  return found < 0 ? found : found + LIST.length;
}

/** Where the quotation mark behind it is: one that is not escaped. */
function endOfId(texts: string, from: number): number {
  for (let end = texts.indexOf('"', from); end >= 0; end = texts.indexOf('"', end + 1)) {
    let slashes = 0;
    while (texts[end - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return end;
  }
  throw strange();
}

function idIn(texts: string, from: number, end: number, ids: ReadIds): string {
  let slot = 0;
  for (let place = end - LAST; place < end; place++) slot = (slot * 31 + texts.charCodeAt(place)) & (SLOTS - 1);
  const known = ids[slot]!;
  if (known.length === end - from && texts.startsWith(known, from)) return known;
  const written = texts.slice(from, end);
  return written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : (ids[slot] = written);
}

function strange(): Error {
  return new Error('the ledger holds issues of a window that this program did not write');
}
