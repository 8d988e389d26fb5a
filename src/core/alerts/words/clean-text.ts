/** What moves text about instead of being text: marks of direction, and what isolates them. */
const DIRECTION = /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/g;
/** Line breaks and tabs of every kind. */
const SPACES = /[\t-\r\u0085\u2028\u2029]+/g;

/**
 * A text of others on one line, as a terminal, a log or a vendor may get it: no control characters (so no escapes of
 * terminals), no marks of direction, no half characters.
 */
export function cleanText(text: string): string {
  return text
    .replace(SPACES, ' ')
    .replace(/\p{Cc}/gu, '\uFFFD')
    .replace(DIRECTION, '')
    .toWellFormed();
}

/** At most so many code points, the last one `…` where some are missing. */
export function shortText(text: string, most: number): string {
  if (text.length <= most) return text;
  const points = [...text];
  return points.length <= most ? text : `${points.slice(0, most - 1).join('')}…`;
}
