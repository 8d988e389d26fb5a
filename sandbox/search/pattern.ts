import type { Pattern } from './ast.ts';

/**
 * Reads a value whose `\"` are still escaped. Without an unescaped `*` a backslash is a backslash (but `\*` is a
 * star); with one, `\x` is x.
 */
export function readPattern(raw: string): Pattern {
  return patternOf(raw.replaceAll('\\"', '"'));
}

/** The same of a value whose quotes are as they are meant. */
export function patternOf(unquoted: string): Pattern {
  if (!hasWildcard(unquoted)) {
    const text = unquoted.replaceAll('\\*', '*');
    return { text, parts: [text] };
  }
  return { text: unquoted, parts: splitAtWildcards(unquoted) };
}

function hasWildcard(text: string): boolean {
  return /(?<!\\)(?:\\\\)*\*/.test(text);
}

function splitAtWildcards(text: string): string[] {
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    const char = text.charAt(i);
    if (char === '*') {
      parts.push('');
      continue;
    }
    const escaped = char === '\\' && i + 1 < text.length;
    if (escaped) i++;
    parts[parts.length - 1] += escaped ? text.charAt(i) : char;
  }
  return parts;
}

/**
 * `message`: anywhere. A text without wildcards is compared without the case of A to Z, and of no other letter; one
 * with wildcards by a regular expression, without any case.
 */
export function messageTest(pattern: Pattern): (value: string) => boolean {
  const fold = pattern.parts.length === 1 ? foldAscii : (text: string) => text.toLowerCase();
  const parts = pattern.parts.map(fold);
  return (value) => inOrder(fold(value), parts, 0) >= 0;
}

function foldAscii(text: string): string {
  return text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}

/** Other keys: exact, or with wildcards case-insensitive over the whole value. */
export function valueTest(pattern: Pattern): (value: string) => boolean {
  if (pattern.parts.length === 1) return (value) => value === pattern.text;
  const parts = pattern.parts.map((part) => part.toLowerCase());
  const first = parts[0] ?? '';
  const last = parts.at(-1) ?? '';
  return (value) => {
    const lower = value.toLowerCase();
    if (!lower.startsWith(first) || !lower.endsWith(last)) return false;
    const reached = inOrder(lower, parts.slice(1, -1), first.length);
    return reached >= 0 && reached + last.length <= lower.length;
  };
}

/** Finds the parts one after the other; the index behind the last, or -1. */
function inOrder(text: string, parts: readonly string[], from: number): number {
  let at = from;
  for (const part of parts) {
    const found = text.indexOf(part, at);
    if (found < 0) return -1;
    at = found + part.length;
  }
  return at;
}
