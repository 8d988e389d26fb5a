const COLOURS = /\u001b\[[0-9;]*m/g;

/** Without the codes of a terminal's colours, and without zero bytes, which no store takes. */
export function cleanLine(text: string): string {
  const plain = text.includes('\u001b') ? text.replace(COLOURS, '') : text;
  return plain.includes('\0') ? plain.replaceAll('\0', '') : plain;
}
