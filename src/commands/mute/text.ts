import { cleanText, shortText } from '../../core/alerts/words/clean-text.ts';
import { muteText } from '../../core/alerts/outbox/forming/mutes.ts';
import type { Mute, MuteScope } from '../../core/model/alerting/rule.ts';
import { wrapped } from '../summary/wrap.ts';

/** Titles of issues by id; null: not known. */
export type Known = ReadonlyMap<string, string | null>;

/** Characters of a title. */
const TITLE = 120;

/** `3f6c2c1e-0a1b filter crm-mail is muted until …` */
export function muteLine(mute: Mute, titles: Known): string {
  return wrapped(saidOf(mute, titles, 'is'), 0);
}

/** The same of one that was ended before its time. */
export function endedLine(mute: Mute, titles: Known): string {
  return wrapped(`ended: ${saidOf(mute, titles, 'was')}`, 0);
}

function saidOf(mute: Mute, titles: Known, verb: string): string {
  const { id, what, by } = mute;
  const subject = subjectOf(what, titles);
  return `${id} ${subject} ${verb} ${muteText(mute)}${by === undefined ? '' : ` (by ${by})`}`;
}

/** `issue 6507376925 (KeyError: basket timed out)` */
function subjectOf(what: MuteScope, titles: Known): string {
  if (what.kind === 'all') return 'everything';
  if (what.kind !== 'issue' && what.kind !== 'page') return `${what.kind} ${what.name}`;
  const title = titles.get(what.name) ?? null;
  return `issue ${what.name}${title === null ? '' : ` (${shortText(cleanText(title), TITLE)})`}`;
}
