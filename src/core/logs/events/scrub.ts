import type { Pattern } from '../pattern.ts';

/** What stands in the place of a secret. */
const REMOVED = '[removed]';

/** Names whose value is a secret. */
const SECRETS = [
  '(?:proxy-)?(?:authorization|cookie|set-cookie|password|passwd|pwd|passphrase|secret|client_secret',
  'api[-_]?key|access[-_]?key|private[-_]?key|(?:access|refresh|auth|session|csrf|id)?[-_]?token|sessionid|csrftoken)',
].join('|');
const VALUE = [
  /"[^"\n]{0,2000}"/,
  /'[^'\n]{0,2000}'/,
  /(?:bearer|basic|digest|token)\s+[^\s,;"']{1,2000}/,
  /[^\s,;&"')}\]]{1,2000}/,
];
const NAMED = new RegExp(`(\\b${SECRETS}\\b["']?\\s{0,3}(?:=>|[:=])\\s{0,3})(${anyOf(VALUE)})`, 'gi');
const COOKIES = /^(\s*(?:set-)?cookie\s*:\s*).+$/gim;
const BEARER = /\b(bearer|basic)\s+[\w.~+/=-]{8,2000}/gi;
const KEYS = new RegExp(
  anyOf([
    /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/,
    /\bxox[a-z]-[\w-]{8,200}/,
    /\bgh[pousr]_\w{20,200}/,
    /\beyJ[\w-]{8,2000}\.[\w-]{2,2000}\.[\w-]{0,2000}/,
  ]),
  'g',
);
const IN_URL = /(\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:/@]{0,200}:)[^\s@/]{1,200}(?=@)/gi;
const PRIVATE = /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[\s\S]{0,8000}?(?:-----END [A-Z ]{0,30}PRIVATE KEY-----|$)/g;
/** A line of a key whose beginning stands elsewhere. */
const CODED = /^\s*[A-Za-z0-9+/]{60,76}={0,2}\s*$/gm;
const CARD = /(?<![\w.-])\d(?:[ -]?\d){12,18}(?![\w-])/g;

/** What a text has that may have a secret in it: most have nothing. */
const NAMES = /auth|cookie|passw|pwd|passphrase|secret|key|token|session|bearer|basic/i;
const MARKS = /AKIA|ASIA|xox|gh[pousr]_|eyJ/;

/** A text without passwords, keys, cookies and card numbers, nor what the intake's own patterns find. */
export function scrubText(text: string, own: readonly Pattern[] = []): string {
  let clean = text;
  if (clean.includes('PRIVATE KEY')) clean = clean.replace(PRIVATE, REMOVED);
  if (NAMES.test(clean)) {
    clean = clean.replace(COOKIES, `$1${REMOVED}`).replace(NAMED, `$1${REMOVED}`).replace(BEARER, `$1 ${REMOVED}`);
  }
  if (MARKS.test(clean)) clean = clean.replace(KEYS, REMOVED);
  if (clean.includes('://')) clean = clean.replace(IN_URL, `$1${REMOVED}`);
  clean = clean.replace(CODED, REMOVED).replace(CARD, (number) => (isCard(number) ? REMOVED : number));
  return own.reduce(withoutMatches, clean);
}

/** Matches of an own pattern at most, in one text. */
const MOST_MATCHES = 100;

function withoutMatches(text: string, pattern: Pattern): string {
  let [rest, clean] = [text, ''];
  for (let n = 0; n < MOST_MATCHES; n++) {
    const found = pattern.match(rest);
    if (found === null || found === '') break;
    const at = rest.indexOf(found);
    clean += `${rest.slice(0, at)}${REMOVED}`;
    rest = rest.slice(at + found.length);
  }
  return clean + rest;
}

/** Luhn's check digit: other long numbers stay. */
function isCard(text: string): boolean {
  const digits = [...text.replace(/\D/g, '')].toReversed().map(Number);
  const sum = digits.reduce((all, digit, n) => all + (n % 2 === 0 ? digit : digit * 2 - (digit > 4 ? 9 : 0)), 0);
  return sum % 10 === 0 && new Set(digits).size > 1;
}

function anyOf(parts: readonly RegExp[]): string {
  return parts.map(({ source }) => source).join('|');
}
