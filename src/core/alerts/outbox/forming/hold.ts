import type { Fate } from '../../../model/alerting/alert.ts';
import { type Mute, SEVERITIES } from '../../../model/alerting/rule.ts';
import type { ChannelPolicy } from '../../../ports/alerting/channel.ts';
import type { KeptTelling } from '../../../ports/alerting/outbox.ts';
import { type Around, ruleKey } from './around.ts';
import { muteOf, muteText } from './mutes.ts';
import { isQuiet, quietEnd } from './quiet.ts';

/** Why something is not told now. */
export interface Hold {
  readonly fate: Extract<Fate, 'pending' | 'dropped' | 'muted' | 'quiet' | 'grouped'>;
  readonly reason: string;
}

/** What a telling waits for, or why it is never told; null: nothing holds it. */
export function holdOf(
  telling: KeptTelling,
  policy: ChannelPolicy,
  mutes: readonly Mute[],
  { now, rules }: Pick<Around, 'now' | 'rules'>,
): Hold | null {
  const { alert, rule } = telling;
  if (SEVERITIES.indexOf(alert.severity) > SEVERITIES.indexOf(policy.severity))
    return { fate: 'dropped', reason: `${alert.severity} is below ${policy.severity}, the least for this channel` };
  const mute = muteOf(telling, mutes, now);
  if (mute !== undefined) return { fate: 'muted', reason: muteText(mute) };
  if (alert.severity === 'critical') return null;
  const at = Math.max(now, Date.parse(alert.window.end));
  const hours = [rules.get(ruleKey({ filter: alert.filter, rule }))?.quiet ?? null, policy.quiet];
  const quiet = hours.find((it) => it !== null && isQuiet(it, at));
  return quiet == null ? null : { fate: 'quiet', reason: `quiet until ${quietEnd(quiet)}` };
}
