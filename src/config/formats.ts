import { MOST } from '../platform/redact.ts';

/** Shows a part of a value in a fault's text; for a sensitive variable it gives a stand-in instead. */
export type Show = (part: string) => string;

/**
 * Reads the trimmed, non-empty text of a variable. Throws an Error whose message says what is wrong; what to do,
 * without the variable's name, and with parts of the value only through `show`.
 */
export interface Format<T> {
  (text: string, show: Show): T;
  /** What may be written, for the docs. */
  readonly words?: string;
  /** The same for editors, as JSON Schema: of a value in a file. Absent: a text. */
  readonly editors?: Readonly<Record<string, unknown>>;
  /** Of a file it takes a map, which it reads as JSON. */
  readonly isMap?: true;
  /** So a list of maps. */
  readonly isList?: true;
}

export function inWords<T>(
  words: string,
  read: (text: string, show: Show) => T,
  editors?: Format<T>['editors'],
): Format<T> {
  return Object.assign((text: string, show: Show) => read(text, show), {
    words,
    ...(editors === undefined ? {} : { editors }),
  });
}

const TRUE = ['true', '1', 'yes', 'on'];
const FALSE = ['false', '0', 'no', 'off'];

/** Digits only: no sign, point, exponent or unit. */
export function wholeNumber(min: number, max: number): Format<number> {
  const read = (text: string, show: Show): number => {
    const value = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
    if (value >= min && value <= max) return value;
    throw new Error(`${show(text)} is not a whole number from ${min} to ${max}; write digits only, without a unit`);
  };
  return inWords(`a whole number from ${min} to ${max}`, read, { type: 'integer', minimum: min, maximum: max });
}

/** true, 1, yes, on or false, 0, no, off, in any case. */
export function flag(text: string, show: Show): boolean {
  const word = text.toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  throw new Error(`${show(text)} is neither yes nor no; write true or false`);
}
flag.words = 'true or false';
flag.editors = { type: 'boolean' };

/** An address to which paths are appended; it may have a path itself. Without the slashes at its end. */
export function baseUrl(text: string): string {
  // NOTE: the text is never shown: people paste addresses with keys in them.
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\//i.test(text)) {
    throw new Error('is not an http or https address; write it in full, such as https://sentry.example.com');
  }
  if (url.username !== '' || url.password !== '')
    throw new Error('holds a user name or password; remove everything up to the @');
  if (/[?#]/.test(text)) throw new Error('has a query or fragment; remove everything from the ? or # on');
  return url.href.replace(/\/+$/, '');
}
baseUrl.words = 'an http or https address';

/** A whole address to which nothing is appended: its path stays as it is written. */
export function wholeUrl(text: string): string {
  baseUrl(text);
  return new URL(text).href;
}
wholeUrl.words = 'an http or https address';

/** A whole address that is itself the key to something. Its setting must be `sensitive`. */
export function secretUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:\/\//i.test(text))
    throw new Error('is not an http or https address; copy it again, in full');
  if (url.username !== '' || url.password !== '')
    throw new Error('holds a user name or password; remove everything up to the @');
  if (url.hash !== '') throw new Error('has a fragment; remove everything from the # on');
  return secret()(url.href, () => 'a value');
}
secretUrl.words = 'an http or https address';

/** `udp://host:port` of a StatsD server; without a port its usual one. */
export function udpPlace(text: string, show: Show): { readonly host: string; readonly port: number } {
  const [, host, port = '8125'] = /^udp:\/\/([\w.-]+|\[[\da-fA-F:.]+\])(?::(\d{1,5}))?\/?$/.exec(text) ?? [];
  if (host === undefined || Number(port) < 1 || Number(port) > 65_535)
    throw new Error(`${show(text)} is not udp:// with a host and a port; write it such as udp://127.0.0.1:8125`);
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
udpPlace.words = 'udp://host:port; without a port 8125';

/** Entries between commas, each read by `entry`; an empty or repeated one is a fault. */
export function commaList<T = string>(entry: Format<T> = plain as Format<T>): Format<readonly T[]> {
  const read = (text: string, show: Show): readonly T[] => {
    const parts = text.split(',').map((part) => part.trim());
    if (parts.includes('')) throw new Error('has an empty entry; write entries with single commas between them');
    const twice = parts.find((part, index) => parts.indexOf(part) !== index);
    if (twice !== undefined) throw new Error(`holds ${show(twice)} twice; remove one`);
    return parts.map((part) => entry(part, show));
  };
  const editors = { type: ['array', 'string'], items: entry.editors ?? { type: 'string' } };
  return inWords(`comma list: ${entry.words ?? 'text'}`, read, editors);
}

/** One of the words, exactly as written here. */
export function oneOf<const T extends string>(...words: readonly T[]): Format<T> {
  const read = (text: string, show: Show): T => {
    const word = words.find((candidate) => candidate === text);
    if (word !== undefined) return word;
    throw new Error(`${show(text)} is not one of ${words.join(', ')}; write one of them`);
  };
  return inWords(words.join(', '), read, { enum: words });
}

/**
 * A key or token: printable ASCII without spaces, at least so many characters. A shorter one could not be redacted
 * without garbling other words. Its setting must be `sensitive`.
 */
export function secret(atLeast = 8): Format<string> {
  return inWords(`at least ${atLeast} characters`, (text) => {
    if (/\s/.test(text)) throw new Error('has white space inside; copy the value again, on one line');
    if (!/^[\x21-\x7e]+$/.test(text))
      throw new Error('has characters other than printable ASCII; copy the value again');
    if (text.length < atLeast) throw new Error(`has fewer than ${atLeast} characters; use a longer random value`);
    if (text.length > MOST)
      throw new Error(`has more than ${MOST} characters; check that it is the right value, or file`);
    return text;
  });
}

/** Text that matches `pattern` as a whole; `looks` completes "write …" for a person. */
export function text(pattern: RegExp, looks: string): Format<string> {
  const read = (value: string, show: Show): string => {
    if (pattern.exec(value)?.[0] === value) return value;
    throw new Error(`${show(value)} does not fit; write ${looks}`);
  };
  return inWords(looks, read, { type: ['string', 'number'] });
}

/** Any text on one line. */
export function plain(value: string, show: Show): string {
  if (!/[\u0000-\u001f\u007f]/.test(value)) return value;
  throw new Error(`${show(value)} has control characters; write plain text on one line`);
}
plain.words = 'text on one line';

/** A part of a value as fault texts show it: on one line, in quotes, not too long. */
export function quote(part: string): string {
  const cut = part.length > 60 ? `${part.slice(0, 60)}…` : part;
  return JSON.stringify(cut).replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, escape);
}

function escape(hidden: string): string {
  return hidden
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}
