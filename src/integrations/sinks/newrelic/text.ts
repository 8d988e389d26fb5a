/** Longest attribute value; one above it loses the whole event, without a word (IA §A.4). */
export const MAX_VALUE_CHARS = 4096;

/** Valid Unicode without control characters, cut to what the service takes; the cut is shown. */
export function value(text: string): string {
  const clean = text.toWellFormed().replace(/\p{Cc}+/gu, ' ');
  if (clean.length <= MAX_VALUE_CHARS) return clean;
  // A cut through a surrogate pair would leave half a character.
  return `${clean.slice(0, MAX_VALUE_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '')}…`;
}

/** Attribute names hold letters, digits, `:`, `.` and `_` (IA §A.4). */
export function attribute(name: string): string {
  return name.replace(/[^A-Za-z0-9:._]/g, '_');
}
