import type { Telling } from '../../../model/alerting/alert.ts';
import type { Deploy } from '../../../model/alerting/deploy.ts';
import type { Rule } from '../../../model/alerting/rule.ts';
import type { RestoreMark } from '../../../ports/backup/restores.ts';
import type { Channel } from '../../../ports/alerting/channel.ts';

/** What forming has to know besides what is open. */
export interface Around {
  /** Epoch ms. */
  readonly now: number;
  /** So late it is for sure, epoch ms: by this mutes end. */
  readonly sure: number;
  /** So long what waits is kept, ms. Absent: for ever. */
  readonly keepsMs?: number | undefined;
  readonly channel: Pick<Channel, 'isPerSubject' | 'isTracker' | 'maxBytes'>;
  /** By `ruleKey`; a rule that is no longer there has no hours and no place. */
  readonly rules: ReadonlyMap<string, RuleAtSending>;
  /** Releases, those that are over for less than a day included. Absent: none. */
  readonly deploys?: readonly Deploy[] | undefined;
  /** By key of a telling that waits for events, the most of them in any of its spans. Absent: nobody counted. */
  readonly counts?: ReadonlyMap<string, number> | undefined;
  /** When the outbox was restored, and what was held then was sent, epoch ms. Absent: it never was. */
  readonly restored?: Pick<RestoreMark, 'at' | 'releasedAt'> | null | undefined;
  /** Name of this server. */
  readonly server: string;
  /** An id that no message has. */
  createId(): string;
}

/** What of a rule counts when its alerts are told. */
export interface RuleAtSending
  extends Pick<Rule, 'quiet' | 'where' | 'isRepeatItsOwn' | 'escalate' | 'after'>, Partial<Pick<Rule, 'condition'>> {
  /** Name of the source that its filter reads; absent: the default one. */
  readonly source?: string | undefined;
}

/** A rule of a filter by its identity. */
export function ruleKey({ filter, rule }: { readonly filter: string; readonly rule: string }): string {
  return JSON.stringify([filter, rule]);
}

/** What must be told in its order: all that a rule says of a subject. */
export function orderKey({ alert, rule }: Pick<Telling, 'alert' | 'rule'>): string {
  return JSON.stringify([alert.filter, rule, alert.subject.id]);
}
