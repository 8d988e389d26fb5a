import { quote } from '../formats.ts';
import { readSpan, type SpanBounds } from './spans.ts';

/** What is wrong at a column of a sentence; what to write. */
export class SentenceFault extends Error {
  override readonly name = 'SentenceFault';
  /** Of the first letter at fault, from 1. */
  readonly column: number;

  constructor(column: number, message: string) {
    super(message);
    this.column = column;
  }
}

interface NumberKind {
  readonly max: number;
  /** Or with a point. */
  readonly whole: boolean;
  /** Completes "is not …". */
  readonly what: string;
}

/** Where a text in quotes stands, for faults: the word before it, and how it should look. */
interface QuotedPlace {
  readonly after: string;
  readonly like: string;
  /** What to write where it is blank. */
  readonly blank: string;
}

const IN_TITLE: QuotedPlace = { after: 'has', like: 'title has "text"', blank: 'write what the title should hold' };

/** The words of a sentence, taken one by one. Throws a SentenceFault where something else stands. */
export interface Words {
  /** The next one, whatever it is; `what` should be there. */
  next(what: string): string;
  must(word: string): void;
  /** Takes the word if it is the next; false: it is not. */
  may(word: string): boolean;
  number(kind: NumberKind): number;
  /** Ms. */
  span(bounds: SpanBounds): number;
  /** The text between quotes. */
  quoted(place?: QuotedPlace): string;
  /** Nothing may follow. */
  end(): void;
  /** About the word that was taken last. */
  fault(text: string): SentenceFault;
}

/** A text in quotes, one without its end, a comparison, or what stands between blanks. */
const WORD = /"(?:\\.|[^"\\])*"|'[^']*'|["'].*|[<>=≤≥]+|[^\s<>=≤≥"']+/gsu;
const OPEN_END =
  "does not end; close its quotes, and write the whole sentence in single quotes (') " +
  'if the text has a comma, a colon or #';
/** Of a text between quotes. */
const MOST_LETTERS = 200;

/** `like`: how the sentence should look, for faults. */
export function readWords(text: string, like: () => string): Words {
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, column: columnAt(text, index) }));
  let taken = -1;
  const fault = (said: string): SentenceFault =>
    new SentenceFault(words[taken]?.column ?? columnAt(text, text.trimEnd().length), said);
  const next = (what: string): string => {
    taken += 1;
    const word = words[taken]?.word;
    if (word === undefined) throw fault(`${what} is missing; write ${like()}`);
    return word;
  };
  const must = <T>(read: Read<T>): T => {
    if ('fault' in read) throw fault(read.fault);
    return read.is;
  };
  return {
    next,
    must(word) {
      const given = next(word);
      if (given !== word) throw fault(`${quote(given)} stands where ${word} should be; write ${like()}`);
    },
    may(word) {
      const isNext = words[taken + 1]?.word === word;
      taken += isNext ? 1 : 0;
      return isNext;
    },
    number: (kind) => must(numberOf(next(kind.what), kind)),
    span: (bounds) => must(spanOf(next('a time'), bounds)),
    quoted: (place = IN_TITLE) => must(unquoted(next('a text in quotes'), place)),
    end() {
      const more = words[taken + 1]?.word;
      taken += 1;
      if (more !== undefined) throw fault(`${quote(more)} is more than the sentence has; write ${like()}`);
    },
    fault,
  };
}

/** Of characters as people count them, from 1. */
function columnAt(text: string, index: number): number {
  return [...text.slice(0, index)].length + 1;
}

/** What a word says, or what is wrong with it; what to write. */
type Read<T> = { readonly is: T } | { readonly fault: string };

function numberOf(word: string, { max, whole, what }: NumberKind): Read<number> {
  const isNumber = whole ? /^\d+$/.test(word) : /^\d+(?:\.\d{1,6})?$/.test(word);
  const remedy = whole ? 'write digits only' : 'write digits, and at most six more after a point';
  if (!isNumber) return { fault: `${quote(word)} is not ${what}; ${remedy}` };
  return Number(word) > max ? { fault: `${quote(word)} is too much; write at most ${max}` } : { is: Number(word) };
}

function spanOf(word: string, bounds: SpanBounds): Read<number> {
  const read = readSpan(word, bounds);
  return 'fault' in read ? read : { is: read.ms };
}

function unquoted(word: string, { after, like, blank }: QuotedPlace): Read<string> {
  const lead = `the text after ${after}`;
  const mark = word[0] ?? '';
  if (mark !== '"' && mark !== "'")
    return { fault: `${quote(word)} must stand in quotes; write ${like} with straight ones` };
  if (word.length === 1 || !word.endsWith(mark) || (mark === '"' && !/^"(?:\\.|[^"\\])*"$/su.test(word)))
    return { fault: `${lead} ${OPEN_END}` };
  const inner = word.slice(1, -1);
  const text = mark === '"' ? inner.replaceAll(/\\(["\\])/g, '$1') : inner;
  if (text.trim() === '') return { fault: `${lead} is blank; ${blank}` };
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(text))
    return { fault: `${lead} holds control characters; remove them, as titles stand on one line` };
  return [...text].length > MOST_LETTERS
    ? { fault: `${lead} is longer than ${MOST_LETTERS} characters; shorten it` }
    : { is: text };
}
