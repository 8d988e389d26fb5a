import type { Around } from '../../../src/core/alerts/outbox/forming/around.ts';
import { MINUTE, TEN } from './tellings.ts';

/** What forming knows besides, at seven minutes past ten if nothing else is given; ids are m1, m2 and so on. */
export function aroundOf(over: Partial<Around> = {}): Around {
  const { now = TEN + 7 * MINUTE } = over;
  const channel = { isPerSubject: false };
  let ids = 0;
  return { now, sure: now, channel, rules: new Map(), server: 'host-1', createId: () => `m${++ids}`, ...over };
}
