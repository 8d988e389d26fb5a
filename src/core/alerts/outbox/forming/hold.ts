import type { Fate } from '../../../model/alerting/alert.ts';
import { type Mute, SEVERITIES } from '../../../model/alerting/rule.ts';
import type { ChannelPolicy } from '../../../ports/alerting/channel.ts';
import type { KeptTelling, OpenChannel } from '../../../ports/alerting/outbox.ts';
import { minuteText } from '../../words/times.ts';
import type { AfterHolds } from './after.ts';
import { type Around, ruleKey } from './around.ts';
import { deployHold, deployOf } from './deploys.ts';
import { muteOf, muteText } from './mutes.ts';
import { isQuiet, quietEnd } from './quiet.ts';

/** Why something is not told now. */
export interface Hold {
  readonly fate: Extract<Fate, 'pending' | 'dropped' | 'muted' | 'quiet' | 'grouped' | 'held' | 'given up'>;
  readonly reason: string;
}

/** What a telling waits for, or why it is never told; null: nothing holds it. */
export function holdOf(
  telling: KeptTelling,
  policy: ChannelPolicy,
  mutes: readonly Mute[],
  around: Pick<Around, 'now' | 'sure' | 'rules' | 'channel' | 'deploys' | 'restored'> &
    Pick<OpenChannel, 'acknowledged' | 'told' | 'again'> & { readonly afters: AfterHolds },
): Hold | null {
  const { now, sure, rules, channel, acknowledged, told, again } = around;
  const { alert, rule, news } = telling;
  const by = acknowledged.get(alert.id);
  if (by !== undefined && AGAIN.has(news)) return { fate: 'dropped', reason: `not told again: ${by} is on it` };
  if (SEVERITIES.indexOf(alert.severity) > SEVERITIES.indexOf(policy.severity))
    return { fate: 'dropped', reason: `${alert.severity} is below ${policy.severity}, the least for this channel` };
  const itsRule = rules.get(ruleKey({ filter: alert.filter, rule }));
  const isLater = itsRule?.escalate?.tell.includes(telling.channel) === true && !told.has(alert.id);
  if (by !== undefined && isLater) return { fate: 'dropped', reason: `not escalated: ${by} is on it` };
  const needless = channel.isPerSubject ? needlessFor(telling, itsRule?.isRepeatItsOwn === true, again) : null;
  if (needless !== null) return { fate: 'dropped', reason: needless };
  if (isBeforeRestore(telling, around.restored ?? null)) return BEFORE_RESTORE;
  const after = around.afters.get(telling.key);
  if (after !== undefined) return after;
  const mute = muteOf(telling, mutes, { now, sure });
  if (mute !== undefined) return { fate: 'muted', reason: muteText(mute) };
  if (alert.severity === 'critical') return null;
  const deploy = deployOf(telling, around);
  const release = deploy === undefined ? null : deployHold(deploy, now);
  if (release !== null) return { fate: 'grouped', reason: release };
  const at = Math.max(now, Date.parse(alert.window.end));
  const hours = [channel.isPerSubject ? null : (itsRule?.quiet ?? null), policy.quiet];
  const quiet = hours.find((it) => it !== null && isQuiet(it, at));
  return quiet == null ? null : { fate: 'quiet', reason: `quiet until ${quietEnd(quiet)}` };
}

/** That it lasts. */
const AGAIN: ReadonlySet<KeptTelling['news']> = new Set(['repeat', 'restored']);

const BEFORE_RESTORE: Hold = {
  fate: 'held',
  reason: 'its window was before the ledger was restored: nobody knows whether it was told',
};

/** What was decided anew of the time that the ledger has lost; what was released before is told. */
function isBeforeRestore(
  { window, decidedAt }: KeptTelling,
  restored: NonNullable<Around['restored']> | null,
): boolean {
  if (restored === null) return false;
  return window < restored.at && decidedAt >= Math.max(restored.at, restored.releasedAt ?? 0);
}

/**
 * What somebody who was woken does not want to hear: that it lasts, and what was so once. Null: it is neither.
 * NOTE: all episodes of a subject are one incident, which the end of an old one would close.
 */
function needlessFor(
  { news, alert }: KeptTelling,
  isRepeatWanted: boolean,
  again: OpenChannel['again'],
): string | null {
  if (news === 'repeat' && !isRepeatWanted)
    return 'a pager is not told again while it lasts, unless the rule itself says repeat';
  const since = again.get(alert.id);
  if (news === 'resolved' && since !== undefined) return `not resolved: it fires again since ${minuteText(since)}`;
  return news === 'told' && alert.late ? 'it comes late, and a pager is told only of what fires now' : null;
}
