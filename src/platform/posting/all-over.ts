import type { Alert } from '../../core/model/alerting/alert.ts';

/** How many alerts there are, whatever is said of each. */
export function countOf(alerts: readonly Alert[]): number {
  return new Set(alerts.map(({ id }) => id)).size;
}

/**
 * Whether all that a first message of so many alerts told is over. All alerts here were told by it, so as many of them
 * as it had are all of them. What speaks of none is never over.
 */
export function isAllOver(first: number, alerts: readonly Alert[]): boolean {
  return first > 0 && countOf(alerts) === first && alerts.every(({ state }) => state === 'resolved');
}
