/**
 * The first line of `wanted` that is not in `actual`; undefined: all are, in this order. `…` stands for anything within
 * a line, a line of it alone for any lines. Blanks at the ends of lines do not count.
 */
export function missingLine(wanted: string, actual: string): string | undefined {
  const lines = actual.split('\n').map((line) => line.trim());
  let at = 0;
  for (const line of wanted.split('\n').map((it) => it.trim())) {
    if (line === '' || line === '…') continue;
    const pattern = new RegExp(`^${line.split('…').map(escaped).join('.*')}$`, 'u');
    const found = lines.slice(at).findIndex((it) => pattern.test(it));
    if (found < 0) return line;
    at += found + 1;
  }
  return undefined;
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
