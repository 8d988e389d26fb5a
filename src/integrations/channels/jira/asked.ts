import { cleanText, shortText } from '../../../core/alerts/words/clean-text.ts';
import { headOf } from '../../../core/alerts/words/head.ts';
import { type Alert, subjectIn } from '../../../core/model/alerting/alert.ts';
import type { Message } from '../../../core/model/alerting/message.ts';
import type { TicketOrder } from '../../../core/model/ticketing/order.ts';
import type { TicketIssue } from '../../../core/model/ticketing/ticket.ts';

/** What a message asks of a tracker, as it is kept and shown. */
export interface Asked {
  /** Null: no ticket is wanted. */
  readonly issue: TicketIssue | null;
  readonly title: string;
  /** Sentences for the ticket. */
  readonly lines: readonly string[];
  /** What it tells, the first ones. */
  readonly alerts: readonly { readonly title: string; readonly why: string }[];
  /** What is told besides. */
  readonly more: number;
  readonly url: string | null;
  readonly page: string | null;
  /** Begin and end of the newest window that it tells of, epoch ms. */
  readonly at: number;
  readonly until: number;
  /** Events, as far as the message says so. */
  readonly events: number;
  /** Whose ticket it is, for people. */
  readonly by: string;
}

/** Code points of a title and of a sentence; alerts that are listed together. */
const TITLE = 200;
const SENTENCE = 500;
const LISTED = 40;
/** Parts of keys that no project has, so that nothing else is the same. */
const FILTERS = '(filters)';
const MESSAGES = '(messages)';

export function askedBy(message: Message): Asked {
  const { alerts, lines, matter, id } = message;
  const lasting = alerts.filter(({ state }) => state !== 'resolved');
  const told = { ...ofMessage(message), lines: lines.map((it) => short(it, SENTENCE)), ...listed(lasting) };
  const [last] = lasting.slice(-1);
  if (last === undefined) {
    const isOver = alerts.length === 0 ? matter?.isOver === true : true;
    return { ...told, issue: isOver ? null : { project: MESSAGES, id: matter?.key ?? id } };
  }
  const subjects = new Set(lasting.map((alert) => subjectIn(alert.id)));
  if (subjects.size === 1) return { ...told, ...ofSubject(last) };
  const until = Math.max(...lasting.map(({ window }) => Date.parse(window.end)));
  return { ...told, issue: { project: MESSAGES, id }, page: last.page, until, events: lasting.length };
}

function ofMessage(message: Message): Omit<Asked, 'issue' | 'alerts' | 'more'> {
  const at = Date.parse(message.sentAt);
  return {
    ...{ title: short(message.lines[0] ?? headOf(message), TITLE), lines: [], url: null, page: null },
    ...{ at, until: at, events: 1, by: 'a rule' },
  };
}

function listed(alerts: readonly Alert[]): Pick<Asked, 'alerts' | 'more'> {
  const shown = alerts
    .slice(0, LISTED)
    .map(({ subject, why, rule, filter }) => ({
      title: short(subject.title, TITLE),
      why: short(`${why} (${rule}, in ${filter})`, SENTENCE),
    }));
  return { alerts: shown, more: alerts.length - shown.length };
}

function ofSubject({
  id,
  subject,
  filter,
  rule,
  page,
  window,
  value,
}: Alert): Omit<Asked, 'lines' | 'alerts' | 'more'> {
  const isIssue = subject.kind === 'issue';
  const title = isIssue ? subject.title : `${subject.title}: ${rule}`;
  return {
    issue: isIssue ? { project: subject.project ?? filter, id: subject.id } : { project: FILTERS, id: subjectIn(id) },
    title: short(title, TITLE),
    ...{ url: subject.url ?? null, page, at: Date.parse(window.start), until: Date.parse(window.end) },
    events: Math.max(1, Math.round(value ?? 1)),
    by: `the rule ${short(rule, TITLE)} of ${filter}`,
  };
}

function short(text: string, most: number): string {
  return shortText(cleanText(text), most);
}

/** `channel`: the name of the one that asks. */
export function orderOf(asked: Asked & { readonly issue: TicketIssue }, project: string, channel: string): TicketOrder {
  const { issue, title, url, page, at, until, events, by } = asked;
  return {
    ...{ issue, project, team: null, ticket: null, by: `${by}, by ${channel}`, from: 'rule', why: whyOf(asked) },
    about: { title, url, page, hits: [{ at, user: null, url: page }], total: events, storedAt: until },
  };
}

/** Of one alert why, of several also of what. */
function whyOf({ lines, alerts, more }: Asked): string {
  const told = alerts.map(({ title, why }) => (alerts.length === 1 ? why : `${title}: ${why}`));
  return [...lines, ...told, ...(more === 0 ? [] : [`and ${more} more`])].join('\n');
}
