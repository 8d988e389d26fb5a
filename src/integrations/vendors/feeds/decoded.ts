/** The text of bytes, in UTF-8 or, with a byte order mark, in UTF-16; null: it is in none of these. */
export function decoded(bytes: Uint8Array): string | null {
  const [first, second] = bytes;
  const isBig = first === 0xfe && second === 0xff;
  const name = isBig ? 'utf-16be' : first === 0xff && second === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}
