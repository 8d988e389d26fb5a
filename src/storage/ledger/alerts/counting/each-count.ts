import { hasSurged } from '../window-text.ts';

const LIST = '"issues":[';
const [OPEN, CLOSE, COMMA, ZERO] = [...'[],0'].map((it) => it.charCodeAt(0)) as [number, number, number, number];

/**
 * Each issue of the texts of windows, one text after the other, with its counts alone, and whether it surged. NOTE: of
 * some ten thousand windows. The texts are read letter by letter as `windowText` writes them: objects of which little
 * is wanted take three times as long.
 */
export function eachCount(
  texts: string,
  count: (id: string, events: number, users: number, surged: boolean) => void,
): void {
  let at = 0;
  const numberIn = (): number => {
    let [value, place] = [0, at + 1];
    for (let digit: number; (digit = texts.charCodeAt(place) - ZERO) >= 0 && digit <= 9; place++)
      value = value * 10 + digit;
    if (place === at + 1 || texts.charCodeAt(place) !== COMMA) throw strange();
    at = place;
    return value;
  };
  for (let list = listAfter(texts, 0); list >= 0; list = listAfter(texts, at)) {
    for (at = list; texts.charCodeAt(at) === OPEN; at += texts.charCodeAt(at) === COMMA ? 1 : 0) {
      const end = endOfId(texts, at + 2);
      const id = idIn(texts.slice(at + 2, end));
      at = end + 1;
      numberIn();
      const [events, users, flags] = [numberIn(), numberIn(), numberIn()];
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

function idIn(written: string): string {
  return written.includes('\\') ? (JSON.parse(`"${written}"`) as string) : written;
}

function strange(): Error {
  return new Error('the ledger holds issues of a window that this program did not write');
}
