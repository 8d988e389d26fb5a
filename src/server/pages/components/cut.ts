/**
 * The beginning of a text of more than `most` characters, up to a space: a word is never cut, since half a secret would
 * not be known as one. What has no space there stays whole.
 */
export function cut(text: string, most: number): string {
  const end = text.lastIndexOf(' ', most);
  return text.length <= most || end <= 0 ? text : `${text.slice(0, end)} …`;
}
