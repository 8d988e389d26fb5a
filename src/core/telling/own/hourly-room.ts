import { HOUR_MS } from '../../model/window.ts';

/** So many messages about ourselves are enough for an hour: what is broken in many places is one trouble. */
export const MOST_AN_HOUR = 20;

/**
 * - told: there is room
 * - last: there is none any more, which is news
 * - none: that was said in this hour
 * - known: and this line had none before
 */
export type Room = 'told' | 'last' | 'none' | 'known';

/** Takes a place of a channel in this hour, by the clock of this process. */
export function hourlyRooms(now: () => number): (channel: string, line: string) => Room {
  let hour = Number.NaN;
  const taken = new Map<string, number>();
  const without = new Set<string>();
  return (channel, line) => {
    const current = Math.floor(now() / HOUR_MS);
    if (current !== hour) for (const it of [taken, without]) it.clear();
    hour = current;
    const places = (taken.get(channel) ?? 0) + 1;
    taken.set(channel, places);
    if (places <= MOST_AN_HOUR) return 'told';
    const key = JSON.stringify([channel, line]);
    if (without.has(key)) return 'known';
    without.add(key);
    return places === MOST_AN_HOUR + 1 ? 'last' : 'none';
  };
}
