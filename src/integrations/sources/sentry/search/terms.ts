/** How a literal text is asked for in the search message. */

/** As a value without wildcards; as one that begins and ends with a star. */
export type Asking = 'plain' | 'starred';

/** The value of a condition on `message` that holds the text, whatever is in it. */
export function valueFor(text: string, asking: Asking): string {
  if (asking === 'starred') return `"*${pattern(text)}*"`;
  return needsPattern(text) ? `"${pattern(text)}*"` : `"${text.replace(/["*]/g, '\\$&')}"`;
}

/**
 * Without wildcards a backslash is a backslash, but before the closing quote and before an escaped star it would take
 * its meaning. Beside a star every backslash is escaped, and the message is searched from anywhere as well.
 */
function needsPattern(text: string): boolean {
  return text.endsWith('\\') || /(?<!\\)(?:\\\\)*\\\*/.test(text);
}

function pattern(text: string): string {
  return text.replace(/["*\\]/g, '\\$&');
}

/** Whether it has letters of A to Z only: beside a star the letters of all alphabets lose their case. */
export function isAscii(term: string): boolean {
  return /^[\u0000-\u007f]*$/.test(term);
}

/** Letters that beside a star stand for `s` and `k` too (long s, the sign of kelvin). */
export const LOOKALIKES = ['\u017f', '\u212a'];
