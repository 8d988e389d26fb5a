import { DAY_MS, HOUR_MS } from '../../model/window.ts';

/** A Monday at eight in the morning, UTC. */
const FIRST = Date.UTC(2024, 0, 1) + 8 * HOUR_MS;

/** The last Monday, or day, at eight in the morning, UTC, epoch ms. */
export function morningBefore(each: 'weekly' | 'daily', now: number): number {
  const lengthMs = each === 'weekly' ? 7 * DAY_MS : DAY_MS;
  return FIRST + Math.floor((now - FIRST) / lengthMs) * lengthMs;
}
