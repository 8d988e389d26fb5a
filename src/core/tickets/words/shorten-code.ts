/** Of a traceback at most, UTF-16 units: the rest of a ticket is for its hits. */
const MOST = 8_000;
/** Of it, how much of its beginning. */
const HEAD = 2_000;

/** A traceback that fits: whole lines are left out of its middle, since its end says what went wrong. */
export function shortenCode(text: string): string {
  const plain = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').toWellFormed();
  if (plain.length <= MOST) return plain;
  const lines = plain.split('\n').map((line) => (line.length <= HEAD ? line : `${line.slice(0, HEAD - 1)}…`));
  const head = taken(lines, HEAD);
  const tail = taken(lines.slice(head.length).reverse(), MOST - HEAD).reverse();
  const left = lines.length - head.length - tail.length;
  return [...head, `(${left} ${left === 1 ? 'line is' : 'lines are'} left out here)`, ...tail]
    .join('\n')
    .toWellFormed();
}

/** As many of the first lines as fit. */
function taken(lines: readonly string[], most: number): string[] {
  const found: string[] = [];
  let length = 0;
  for (const line of lines) {
    length += line.length + 1;
    if (length > most) break;
    found.push(line);
  }
  return found;
}
