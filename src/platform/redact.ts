/** What stands where a secret stood. */
export const REDACTED = '***';

export type Redact = (text: string) => string;

/** Shorter secrets are left alone: replacing them would garble ordinary words. The settings refuse them. */
const LEAST = 6;
/** What a longer secret has besides is not searched for. The settings refuse those too. */
export const MOST = 1000;
/** Texts of ours are cut at 60; the patterns would grow without bounds. */
const CUT_SIGNS = 200;
/** How often one escape is looked for inside another; all runs are bounded, so that no text makes the search slow. */
const NESTED = 4;
const SLASHES = 2 ** NESTED;
const SLASH = `(?:\\\\|%(?:25){0,${NESTED}}5c)`;

/**
 * Replaces every known secret in a text:
 * - raw or escaped (URL, form, JSON, HTML, YAML and SQL, one inside the other)
 * - in base64 of both kinds, wherever it began there (`user:token`)
 * - in hex
 * - what is left of one before the `…` of a cut
 *
 * Letters match in any case, because escapes are written in both.
 */
export function createRedactor(secrets: readonly string[]): Redact {
  const known = [...new Set(secrets)]
    .filter((secret) => secret.length >= LEAST)
    .sort((a, b) => b.length - a.length)
    .map((secret) => secret.slice(0, MOST));
  if (known.length === 0) return (text) => text;
  const pattern = new RegExp(known.flatMap(patternsOf).join('|'), 'gi');
  const cut = new RegExp(known.map(cutPattern).join('|'), 'gi');
  return (text) => {
    const whole = text.replace(pattern, REDACTED);
    return whole.includes('…') ? whole.replace(cut, REDACTED) : whole;
  };
}

/** Plain data with its texts redacted; keys and numbers stay. Where no secret is, it is given back as it is. */
export function redactAll<T>(value: T, redact: Redact): T {
  return isClean(value, redact) ? value : (redacted(value, redact) as T);
}

function isClean(value: unknown, redact: Redact): boolean {
  if (typeof value === 'string') return redact(value) === value;
  if (typeof value !== 'object' || value === null) return true;
  return Object.values(value).every((it) => isClean(it, redact));
}

function redacted(value: unknown, redact: Redact): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((it) => redacted(it, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, it]) => [key, redacted(it, redact)]));
}

function patternsOf(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  return [
    signsOf(secret).map(signPattern).join(''),
    ...[0, 1, 2].map((before) => base64Pattern(before, bytes)),
    [...bytes].map((byte) => hexOf(byte, 2)).join('[ :]?'),
  ];
}

/** As much of a secret's beginning as stands before the sign of a cut, which may have gone through an escape. */
function cutPattern(secret: string): string {
  const signs = signsOf(secret).slice(0, CUT_SIGNS).map(signPattern);
  const more = signs.slice(LEAST).reduceRight((after, sign) => `(?:${sign}${after})?`, '');
  return `${signs.slice(0, LEAST).join('')}${more}(?:[%\\\\&][\\w%#\\\\]{0,6})?(?=…)`;
}

/** `before`: bytes in front of the secret, above a multiple of three. A character that it shares with them stays. */
function base64Pattern(before: number, bytes: Buffer): string {
  const whole = Buffer.concat([Buffer.alloc(before), bytes]);
  const own = whole.toString('base64').slice(Math.ceil((before * 8) / 6), Math.floor((whole.length * 8) / 6));
  const shared = whole.length % 3 === 0 ? '' : '[\\w+/-]?(?:=|%3d){0,2}';
  return `${[...own].map(base64Sign).join('')}${shared}`;
}

function base64Sign(sign: string): string {
  const urlSafe = { '+': '-', '/': '_' }[sign];
  return urlSafe === undefined ? signPattern(sign) : `(?:${signPattern(sign)}|${urlSafe})`;
}

/**
 * Characters. Backslashes in a row are one, and so are apostrophes: each may stand for several, and the ways to share
 * them would multiply.
 */
function signsOf(text: string): readonly string[] {
  return text.match(/\\+|'+|[^\\']/gu) ?? [];
}

/** A character as itself or escaped; letters and digits never are. */
function signPattern(sign: string): string {
  if (/[a-z0-9]/i.test(sign)) return sign;
  if (sign.startsWith('\\'))
    return `(?:${SLASH}{${sign.length},${sign.length * SLASHES}}|(?:${escapes('\\')}){${sign.length}})`;
  // In single quotes YAML and SQL write each apostrophe twice.
  if (sign.startsWith("'")) return `(?:${escapable("'")}){${sign.length},${2 * sign.length}}`;
  return escapable(sign);
}

function escapable(sign: string): string {
  return `${SLASH}{0,${SLASHES}}(?:${RegExp.escape(sign)}|${escapes(sign)})`;
}

const HTML_NAMES: Readonly<Record<string, readonly string[]>> = {
  '&': ['amp'],
  '<': ['lt'],
  '>': ['gt'],
  '"': ['quot'],
  "'": ['apos'],
};

function escapes(sign: string): string {
  const url = [...Buffer.from(sign)].map((byte) => `%(?:25){0,${NESTED}}${hexOf(byte, 2)}`).join('');
  const json = sign
    .split('')
    .map((unit) => `${SLASH}{1,${SLASHES}}u${hexOf(unit.charCodeAt(0), 4)}`)
    .join('');
  const point = sign.codePointAt(0)!;
  const html = [`#0{0,4}${point}`, `#x0{0,4}${hexOf(point, 1)}`, ...(HTML_NAMES[sign] ?? [])].join('|');
  return [url, json, `&(?:amp;){0,${NESTED}}(?:${html});`, ...(sign === ' ' ? ['\\+'] : [])].join('|');
}

function hexOf(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
