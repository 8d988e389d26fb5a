/** Longest text that is taken from others: New Relic takes no longer one. */
export const MAX_TEXT_CHARS = 4096;

/** The text, or its beginning with a `…`: at most 4,096 characters in all, none of them cut in half. */
export function cutText(text: string): string {
  if (text.length <= MAX_TEXT_CHARS) return text;
  const start = text.slice(0, MAX_TEXT_CHARS - 1).replace(/[\uD800-\uDBFF]$/, '');
  // NOTE: copied, because a slice keeps the whole text in memory for as long as itself is kept.
  return Buffer.from(`${start}…`, 'utf16le').toString('utf16le');
}
