import type { InForce } from '../../config/reload/in-force.ts';
import type { WatchPlan } from '../../core/model/watches/watch-plan.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';

/** Whether a watch tells anybody anything. */
export function hasSentences({ rules }: Pick<WatchPlan, 'rules'>): boolean {
  return rules.length > 0;
}

/** Whether anything could be said to anybody: as long as not, no channel is asked for, and no page tells of any. */
export function isWanted(
  {
    channels,
    filters,
    digests,
    watches,
    reminders,
  }: Pick<InForce, 'channels' | 'filters' | 'digests' | 'watches' | 'reminders'>,
  adminChannel: string | undefined,
): boolean {
  const isTold = filters.some(hasRules) || watches.some(hasSentences);
  return adminChannel !== undefined || channels.length + digests.length + reminders.length > 0 || isTold;
}
