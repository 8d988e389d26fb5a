const COLLATOR = new Intl.Collator('en', { numeric: true });

/** The order of names for people: team-2 before team-10. */
export function byName(a: string, b: string): number {
  return COLLATOR.compare(a, b) || (a < b ? -1 : Number(a > b));
}
