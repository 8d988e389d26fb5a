import type { Selection } from '../api/query.ts';

/** Searches whose totals could be had filter by filter and not together: they are asked apart for a while. */
export interface Apart {
  has(selection: Selection): boolean;
  add(selection: Selection): void;
}

/** How long, ms. */
const APART_MS = 600_000;

export function createApart(now: () => number): Apart {
  /** By search, the end of it, epoch ms. */
  const until = new Map<string, number>();
  return {
    has: (selection) => {
      for (const [key, end] of until) if (end <= now()) until.delete(key);
      return until.has(searchKeyOf(selection));
    },
    add: (selection) => void until.set(searchKeyOf(selection), now() + APART_MS),
  };
}

/** NOTE: not which window, only how long: what is better asked apart is so in the next one too. */
export function searchKeyOf({ query, environments, window }: Selection): string {
  return JSON.stringify([query, environments, window.end - window.start]);
}
