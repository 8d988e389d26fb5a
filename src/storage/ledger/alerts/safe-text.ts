/**
 * Any text as a column can hold it, and the same for equal texts: PostgreSQL takes neither NUL nor half a letter. What
 * JSON escapes is escaped: of most texts that is nothing.
 */
export function safeText(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

export function textIn(safe: string): string {
  return JSON.parse(`"${safe}"`) as string;
}

export function safeOrNull(text: string | null): string | null {
  return text === null ? null : safeText(text);
}

export function textOrNull(safe: string | null): string | null {
  return safe === null ? null : textIn(safe);
}
