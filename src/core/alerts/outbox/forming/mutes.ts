import { groupOf } from '../../../model/alerting/recipients.ts';
import type { Telling } from '../../../model/alerting/alert.ts';
import { meansRule } from '../../../model/alerting/means-rule.ts';
import type { Mute, MuteScope } from '../../../model/alerting/rule.ts';
import { minuteText } from '../../words/times.ts';
import type { Around } from './around.ts';

/** Of a telling, what a mute can fit. */
type About = Pick<Telling, 'alert' | 'rule' | 'channel'>;

/** The first mute that holds it back at that instant; what ends by something else than time is ended by its caller. */
export function muteOf(
  telling: About,
  mutes: readonly Mute[],
  { now, sure }: Pick<Around, 'now' | 'sure'>,
): Mute | undefined {
  return mutes.find(
    (mute) => mute.since <= now && !(mute.until.kind === 'instant' && mute.until.at <= sure) && isAbout(mute, telling),
  );
}

/** Whether it speaks of what would be told, whenever that is. */
export function isAbout({ what }: Pick<Mute, 'what'>, { alert, rule, channel }: About): boolean {
  switch (what.kind) {
    case 'all':
      return true;
    case 'channel':
      return channel === what.name || groupOf(channel) === what.name;
    default:
      return fitsAlert(what, { alert, rule });
  }
}

/** Whether it is a mute of the alert's issue, rule or filter. `rule`: the rule's identity. */
export function fitsAlert(what: MuteScope, { alert, rule }: Pick<About, 'alert' | 'rule'>): boolean {
  const { filter, subject } = alert;
  switch (what.kind) {
    case 'issue':
      return subject.kind === 'issue' && subject.id === what.name;
    case 'rule':
      return meansRule(what, filter, [rule, alert.rule]);
    case 'filter':
      return filter === what.name;
    default:
      return false;
  }
}

/** Until when and why, for people. */
export function muteText({ what, until, why }: Pick<Mute, 'what' | 'until' | 'why'>): string {
  return `${what.kind === 'page' ? 'hidden' : 'muted'} until ${endText(until)}${why === '' ? '' : `: ${why}`}`;
}

function endText(until: Mute['until']): string {
  switch (until.kind) {
    case 'instant':
      return minuteText(until.at);
    case 'events':
      return `${until.count} events`;
    case 'release':
      return `release ${until.name}`;
    case 'resolved':
      return 'it is resolved';
  }
}
