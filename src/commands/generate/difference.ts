/** Lines of each side that are shown. */
const MOST = 8;

/** Where two texts differ, from the first to the last line that does; shortened. */
export function difference(kept: string, made: string): string {
  const [old, fresh] = [kept.split('\n'), made.split('\n')];
  const shorter = Math.min(old.length, fresh.length);
  const start = old.findIndex((line, index) => line !== fresh[index]);
  const first = start === -1 ? shorter : start;
  let tail = 0;
  while (tail < shorter - first && old.at(-1 - tail) === fresh.at(-1 - tail)) tail += 1;
  return [
    `  line ${first + 1}`,
    ...side('-', old.slice(first, old.length - tail)),
    ...side('+', fresh.slice(first, fresh.length - tail)),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function side(sign: string, lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, MOST).map((line) => `${sign} ${line.length > 160 ? `${line.slice(0, 160)}…` : line}`);
  return lines.length > MOST ? [...shown, `${sign} … and ${lines.length - MOST} more lines`] : shown;
}
