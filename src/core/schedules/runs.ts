import { DAY_MS } from '../model/window.ts';

/** The first instant of a schedule after that one, epoch ms; null: there is none any more. */
export type NextRun = (after: number) => number | null;

/** Of a schedule on the grid that begins with 1970, UTC. */
export function everyRun(everyMs: number): NextRun {
  return (after) => (Math.floor(after / everyMs) + 1) * everyMs;
}

/** Instants in (after, to], the oldest first. */
export function* runsUntil(next: NextRun, after: number, to: number): Generator<number> {
  for (let at = next(after); at !== null && at <= to; at = next(at)) yield at;
}

/** How far back is looked for the last instant, ms: farther only where it is rarer; 29 February is every 8 years. */
const FAR = [DAY_MS / 8, 2 * DAY_MS, 9 * DAY_MS, 70 * DAY_MS, 800 * DAY_MS, 9 * 366 * DAY_MS];

/** The last instant that is not after that one; null: there was none for years. */
export function lastRun(next: NextRun, at: number): number | null {
  for (const backMs of FAR) {
    let last: number | null = null;
    for (const run of runsUntil(next, at - backMs, at)) last = run;
    if (last !== null) return last;
  }
  return null;
}
