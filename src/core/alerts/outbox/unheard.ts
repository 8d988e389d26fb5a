import { DAY_MS } from '../../model/window.ts';
import type { ChannelSeen } from '../../ports/alerting/outbox.ts';

/** Nobody can be sure any more that a channel works which has brought nothing for so long, ms. */
const UNHEARD_MS = 7 * DAY_MS;

/** Whether people are not reached, as far as is known: its last message was not taken, or it is silent for too long. */
export function reachesNobody(seen: Pick<ChannelSeen, 'lastSuccess' | 'lastError'>, now: number): boolean {
  return seen.lastError !== null || isUnheard(seen, now);
}

/** Whether a channel that once worked has brought nothing for too long; one that never had to is not known to fail. */
export function isUnheard({ lastSuccess }: Pick<ChannelSeen, 'lastSuccess'>, now: number): boolean {
  return lastSuccess !== null && now - lastSuccess >= UNHEARD_MS;
}
