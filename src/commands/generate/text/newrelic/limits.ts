/**
 * What New Relic takes at most: its documents "Alerting rules and limits" and "Introduction to dashboards", read in
 * November 2026.
 */
export const MOST = {
  /** Of a dashboard. */
  pages: 25,
  /** Of a page. */
  widgets: 150,
  /** Characters of a dashboard's description. */
  description: 1024,
  /** Of a policy. */
  conditions: 1000,
  /** Of an account, whoever made them. */
  conditionsOfAccount: 4000,
  /** Characters of a condition's description. */
  advice: 4000,
} as const;

/** Groups in their order, as many as fit side by side into each part; none is divided. Pure. */
export function parts<T>(groups: readonly (readonly T[])[], most: number): readonly (readonly T[])[] {
  const made: T[][] = [[]];
  for (const group of groups) {
    const last = made.at(-1)!;
    if (last.length > 0 && last.length + group.length > most) made.push([...group]);
    else last.push(...group);
  }
  return made;
}
