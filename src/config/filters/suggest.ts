/** Completes "… is not a key;" with the key that was probably meant, else with all of them. */
export function suggest(key: string, known: readonly string[]): string {
  const near = key.length > 40 ? undefined : known.find((candidate) => isNear(plain(key), plain(candidate)));
  return near === undefined ? `write one of ${known.join(', ')}` : `did you mean ${near}?`;
}

function plain(key: string): string {
  return key.toLowerCase().replaceAll(/[-_ ]/g, '');
}

/** At most two letters added, left out or changed; in short words one. */
function isNear(a: string, b: string): boolean {
  const most = b.length > 4 ? 2 : 1;
  if (Math.abs([...a].length - b.length) > most) return false;
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((row[j] ?? 0) + (letter === other ? 0 : 1), (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) <= most;
}
