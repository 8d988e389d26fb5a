/** Orders ids of issues: whole numbers as text, too long for some to compare as numbers. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : Number(a > b));
}
