/** What of a name is no letter or digit of English: as it is, or as JSON, addresses, HTML and Markdown have it. */
const ENTITIES: Readonly<Record<string, string>> = { '&': 'amp', '<': 'lt', '>': 'gt', '"': 'quot', "'": '#39' };

/** Behind these a word begins, although a letter or a digit stands there: `\n`, `%20` and colours of a terminal. */
const ESCAPED = [
  ...[String.raw`\\[nrtbfv]`, String.raw`\\u[0-9a-f]{4}`, String.raw`\\x[0-9a-f]{2}`],
  ...['%[0-9a-f]{2}', String.raw`\u001b\[[\d;]*m`],
]
  .map((it) => `(?<=${it})`)
  .join('|');
const WORD = String.raw`[\p{L}\p{N}_]`;

/** Finds a name in texts as a word of its own, in upper and lower case, however it is escaped. */
export function patternOf(name: string): RegExp {
  const letters = [...name].map(formsOf).join('');
  const isWord = new RegExp(WORD, 'u');
  const [first, last] = [isWord.test([...name].at(0)!), isWord.test([...name].at(-1)!)];
  return new RegExp(`${first ? `(?:(?<!${WORD})|${ESCAPED})` : ''}${letters}${last ? `(?!${WORD})` : ''}`, 'giu');
}

function formsOf(letter: string): string {
  if (/^[A-Za-z0-9]$/.test(letter)) return letter;
  if (/^\s$/.test(letter)) return String.raw`(?:\s|\+|%20|\\u0020)`;
  const entity = ENTITIES[letter];
  const forms = [
    `${String.raw`\\`}{0,8}${escaped(letter)}`,
    encoded(letter),
    unicodeOf(letter),
    ...(entity === undefined ? [] : [`&${entity};`]),
  ];
  return `(?:${forms.join('|')})`;
}

function escaped(letter: string): string {
  return `\\u{${letter.codePointAt(0)!.toString(16)}}`;
}

/** As an address has it: `%40`, for each byte. */
function encoded(letter: string): string {
  return [...new TextEncoder().encode(letter)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
}

/** As JSON may have it: `\u00fc`, for each of its halves. */
function unicodeOf(letter: string): string {
  return Array.from({ length: letter.length }, (_, at) => letter.charCodeAt(at).toString(16).padStart(4, '0'))
    .map((code) => String.raw`\\u${code}`)
    .join('');
}
