import { muteText } from '../../core/alerts/outbox/forming/mutes.ts';
import type { Mute } from '../../core/model/alerting/rule.ts';
import { wrapped } from '../summary/wrap.ts';

/** `3f6c2c1e-0a1b filter crm-mail is muted until …` */
export function muteLine(mute: Mute): string {
  const { id, what, by } = mute;
  const subject = what.kind === 'all' ? 'everything' : `${what.kind === 'page' ? 'issue' : what.kind} ${what.name}`;
  return wrapped(`${id} ${subject} is ${muteText(mute)}${by === undefined ? '' : ` (by ${by})`}`, 0);
}
