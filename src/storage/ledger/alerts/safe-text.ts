/** What JSON escapes, and letters of two halves, which it escapes where one is missing. */
const MAY_BE_ESCAPED = /["\\\u0000-\u001f\ud800-\udfff]/;

/**
 * Any text as a column can hold it, and the same for equal texts: PostgreSQL takes neither NUL nor half a letter. What
 * JSON escapes is escaped: of most texts that is nothing.
 */
export function safeText(text: string): string {
  return MAY_BE_ESCAPED.test(text) ? JSON.stringify(text).slice(1, -1) : text;
}

export function textIn(safe: string): string {
  return safe.includes('\\') ? (JSON.parse(`"${safe}"`) as string) : safe;
}

export function safeOrNull(text: string | null): string | null {
  return text === null ? null : safeText(text);
}

export function textOrNull(safe: string | null): string | null {
  return safe === null ? null : textIn(safe);
}
