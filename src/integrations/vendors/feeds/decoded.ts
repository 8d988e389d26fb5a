const MARKS = new Map([
  ['feff', 'utf-16be'],
  ['fffe', 'utf-16le'],
]);

/** The text of bytes, in UTF-8 or, with a byte order mark, in UTF-16; null: it is in none of these. */
export function decoded(bytes: Uint8Array): string | null {
  const mark = Buffer.from(bytes.subarray(0, 2)).toString('hex');
  try {
    return new TextDecoder(MARKS.get(mark) ?? 'utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
