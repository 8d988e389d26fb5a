/** Longer names are not compared: the work grows with the square of their length. */
const MOST_LETTERS = 100;

/**
 * Of the known names the one that was probably meant, the first of several: case, hyphens, underscores, points and
 * blanks aside, it differs by at most two letters (in short words one), or one of the two is a beginning of the other.
 */
export function nearestOf(name: string, known: Iterable<string>): string | undefined {
  const wanted = plain(name);
  if (wanted.length > MOST_LETTERS) return undefined;
  let nearest: string | undefined;
  let least = Infinity;
  for (const candidate of known) {
    const distance = distanceOf(wanted, plain(candidate));
    if (distance < least) [nearest, least] = [candidate, distance];
  }
  return nearest;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_. ]/g, '');
}

/** Fewer letters are no beginning of anything. */
const SHORTEST_STEM = 3;
/** Farther than any misspelling, nearer than nothing; the longer the rest the farther. */
const STEM = 3;

/** Infinity: they have nothing to do with each other. */
function distanceOf(a: string, b: string): number {
  const most = b.length > 4 ? 2 : 1;
  if (Math.abs(a.length - b.length) <= most) {
    const edits = editsBetween(a, b);
    if (edits <= most) return edits;
  }
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return short.length >= SHORTEST_STEM && long.startsWith(short) ? STEM + long.length - short.length : Infinity;
}

/** Letters added, left out or changed (Levenshtein). */
function editsBetween(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(row[j]! + (letter === other ? 0 : 1), row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row.at(-1)!;
}
