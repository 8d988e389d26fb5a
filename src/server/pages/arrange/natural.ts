const COLLATOR = new Intl.Collator('en', { numeric: true });

let placed = { of: '', places: new Map<string, number>() as ReadonlyMap<string, number> };

/** Where each of the names comes among all of them. Those of the last time are known: comparing them takes long. */
export function placesByName(names: readonly string[]): ReadonlyMap<string, number> {
  const of = names.join('\n');
  if (placed.of !== of) placed = { of, places: new Map(names.toSorted(byName).map((name, place) => [name, place])) };
  return placed.places;
}

/** The order of names for people: team-2 before team-10. */
export function byName(a: string, b: string): number {
  return COLLATOR.compare(a, b) || (a < b ? -1 : Number(a > b));
}
