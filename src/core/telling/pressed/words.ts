import { cleanText, shortText } from '../../alerts/words/clean-text.ts';
import type { Alert } from '../../model/alerting/alert.ts';
import type { TicketOrder } from '../../model/ticketing/order.ts';
import type { PressedAct } from '../../ports/alerting/desk.ts';
import type { Words } from '../asked/words.ts';

/** Characters of a title. */
const TITLE = 200;

/** What of an alert is muted: its issue, else its rule. */
export function muteWords(
  { subject, filter, rule }: Alert,
  end: Extract<PressedAct, { kind: 'mute' }>['end'],
  channel: string,
): Words {
  const what = subject.kind === 'issue' ? { issue: subject.id } : { rule: `${filter}/${rule}` };
  const until = end === 'resolved' ? { resolved: true } : { for: end };
  return { ...what, ...until, why: `pressed in ${channel}: ${shortText(cleanText(subject.title), TITLE)}` };
}

/** Null: it is of no issue. */
export function orderOf(act: PressedAct, { subject, page, why }: Alert, by: string): TicketOrder | null {
  if (subject.kind !== 'issue' || act.kind === 'mute') return null;
  const { id, title, project = '', url = null } = subject;
  return {
    issue: { project, id },
    project: null,
    team: act.kind === 'ticket' ? act.team : null,
    ticket: act.kind === 'add' ? act.ticket : null,
    by,
    from: 'slack',
    about: { title, url, page },
    why,
  };
}
