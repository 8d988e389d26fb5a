import { muteText } from '../../core/alerts/outbox/forming/mutes.ts';
import type { Mute } from '../../core/model/alerting/rule.ts';
import { wrapped } from '../summary/wrap.ts';

/** `3f6c2c1e-0a1b filter crm-mail is muted until …` */
export function muteLine(mute: Mute): string {
  return lineOf(mute, 'is');
}

/** The same of one that was ended before its time. */
export function endedLine(mute: Mute): string {
  return `ended: ${lineOf(mute, 'was')}`;
}

function lineOf(mute: Mute, verb: string): string {
  const { id, what, by } = mute;
  const subject = what.kind === 'all' ? 'everything' : `${what.kind === 'page' ? 'issue' : what.kind} ${what.name}`;
  return wrapped(`${id} ${subject} ${verb} ${muteText(mute)}${by === undefined ? '' : ` (by ${by})`}`, 0);
}
