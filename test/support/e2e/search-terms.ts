import fc from 'fast-check';
import type { EventInput } from '../../../sandbox/index.ts';

/** The rules for terms, said once more: what a filters file refuses is not in question here. */
export function isAllowed(term: string): boolean {
  return (
    term.trim() !== '' &&
    term.isWellFormed() &&
    !/[\n\r\u0085\u2028\u2029]/.test(term) &&
    !/\p{Cc}/u.test(term.replaceAll('\t', ''))
  );
}

export const PIECES = [
  'or',
  'OR',
  ' OR ',
  'AND',
  'is:unresolved',
  '!level:error',
  'level:error',
  'has:user',
  '0123456789abcdef0123456789abcdef',
  'message:"x"',
  'tags[a]:b',
  'count():>1',
  'release:1.*',
  '"',
  '""',
  '*',
  '**',
  '\\',
  '\\\\',
  'C:\\t',
  '%',
  '%25',
  '%s',
  '_',
  '(',
  ')',
  '()',
  '[',
  ']',
  '[a, b]',
  ':',
  '::',
  '!',
  '!!',
  ',',
  ' ',
  '  ',
  '\t',
  "'",
  '`',
  '$',
  '${x}',
  '&',
  '&query=',
  '#',
  '+',
  '=',
  '?',
  '/',
  '>',
  '>=5',
  '<b>',
  '-',
  '--',
  '{',
  '}',
  '|',
  '^',
  '~',
  ';',
  '@',
  'é',
  'e\u0301',
  'İ',
  'ı',
  'ß',
  'ẞ',
  'ſ',
  'K',
  'ﬁ',
  'Σς',
  '支付',
  'שלום',
  'مرحبا',
  '\u200b',
  '\u00a0',
  '\ufeff',
  '💥',
  '👩‍💻',
  '🇩🇪',
  'NULL',
  'null',
  'true',
  '-1',
  '1e9',
  '2026-11-20',
  'a',
  'B',
  'error',
  'x'.repeat(120),
];

const piece = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...PIECES) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', minLength: 1, maxLength: 4 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }) },
);
/** Up to four pieces in a row. */
export const term = fc
  .array(piece, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join(''))
  .filter(isAllowed);

/** Texts that hold the term, that nearly do, and that a wrong escape would take for it. */
export function around(one: string): string[] {
  const letters = [...one];
  const without = letters.toSpliced(Math.floor(letters.length / 2), 1).join('');
  return [
    one,
    `before ${one} after`,
    `x${one}y`,
    one.toUpperCase(),
    one.toLowerCase(),
    without,
    letters.toReversed().join(''),
    one.replaceAll('"', ''),
    one.replaceAll('"', '\\"'),
    one.replaceAll('*', 'anything'),
    one.replaceAll('*', '\\*'),
    one.replaceAll('\\', ''),
    one.replaceAll('\\', '\\\\'),
    one.replaceAll('%', '%25'),
    one.replaceAll('_', 'x'),
    one.split(/ OR /i)[0]!,
    one.slice(0, -1),
    one.slice(1),
    one.normalize('NFD'),
    `${one}${one}`,
    one.replaceAll(' ', '  '),
    one.trim(),
  ].filter((text) => text.isWellFormed());
}

/** The judge: its own loop over its own events. */
export function holds(event: EventInput, one: string): boolean {
  const texts = [
    event.message ?? '',
    ...Object.values(event.metadata ?? {}),
    event.culprit ?? '',
    event.title ?? '',
  ].filter((text) => text !== '');
  const text = texts.join(' ');
  // Beside a star, and so for a backslash before one or at the end, Sentry compares without any case.
  if (/\\$|\\\*/.test(one) && text.toLowerCase().includes(one.toLowerCase())) return true;
  return writtenForms(one).some((form) => ascii(text).includes(ascii(form)));
}

function ascii(text: string): string {
  return [...text].map((letter) => (letter >= 'A' && letter <= 'Z' ? letter.toLowerCase() : letter)).join('');
}

/** Up to eight texts that differ in the case of letters outside ASCII; of more, the usual ways to write a text. */
function writtenForms(one: string): string[] {
  let forms = [''];
  for (const letter of one) {
    const [up, down] = [letter.toUpperCase(), letter.toLowerCase()];
    const capital = 'ßẞ'.includes(letter) ? ['ẞ'] : [];
    const all = [letter, up, down, up.toLowerCase(), down.toUpperCase(), ...capital].map(ascii);
    const cases = letter > '\u007f' ? new Set(all) : [letter];
    forms = forms.flatMap((form) => [...cases].map((it) => form + it));
    if (forms.length > 8) return [one, one.toLowerCase(), one.toUpperCase(), title(one, false), title(one, true)];
  }
  return forms;
}

function title(one: string, eachWord: boolean): string {
  let [text, before] = ['', ''];
  for (const letter of one.toLowerCase()) {
    const isFirst = eachWord ? /[\p{L}\p{M}]/u.test(letter) && !/[\p{L}\p{M}]/u.test(before) : text === '';
    text += isFirst ? letter.toUpperCase() : letter;
    before = letter;
  }
  return text;
}
