import { type ChartSaid, chartOf } from '../../chart/said.ts';
import type { Alert } from '../../model/alerting/alert.ts';
import type { TicketSaid } from '../../model/ticketing/ticket.ts';
import type { Hits } from '../../model/ticketing/content.ts';
import type { Message } from '../../model/alerting/message.ts';
import { cleanText, shortText } from './clean-text.ts';
import { headOf } from './head.ts';
import { hitLines, type WordedHit } from './hits.ts';
import { instantText, spanText } from './times.ts';

/**
 * What a message says to people: plain text without line breaks and markup, which each channel escapes for its vendor.
 */
export interface Worded {
  readonly head: string;
  /** What is to be said before the alerts. */
  readonly notes: readonly string[];
  readonly alerts: readonly WordedAlert[];
  /** Of a digest; null: it has none. */
  readonly chart: ChartSaid | null;
  /** Of those that are not listed; null: all are. */
  readonly more: { readonly text: string; readonly url: string | null } | null;
  /** Who says it. */
  readonly foot: string;
}

export interface WordedAlert {
  readonly severity: Alert['severity'];
  readonly state: Alert['state'];
  /** What is so, and of what: `Firing: TypeError: x is undefined`. */
  readonly title: string;
  /** That led there, the newest first. */
  readonly calls: readonly string[];
  readonly why: string;
  /** Since when, or from when to when. */
  readonly when: string;
  /** The sentence, its filter, and the place where it is written. */
  readonly rule: string;
  readonly ends: string | null;
  /** The newest events of its issue, where they are asked for; the last line counts the others. */
  readonly hits: readonly WordedHit[];
  /** What somebody did about it from the message; null: nobody did. */
  readonly done: string | null;
  /** The command that mutes it. */
  readonly mute: string;
  readonly links: readonly { readonly label: string; readonly url: string }[];
}

/** People read so many. */
export const LISTED = 10;
/** Code points of what others wrote. */
const TITLE = 200;
const TEXT = 1000;

/** `most`: alerts that are listed; `mostCalls`, `mostHits`: of each of them. */
export function wordsOf(message: Message, most: number = LISTED, mostCalls = Infinity, mostHits = Infinity): Worded {
  const { alerts, lines, places = {}, calls = {}, hits = {}, tickets = {}, done = {} } = message;
  const listed = alerts.slice(0, most);
  return {
    head: headOf(message),
    notes: lines.map((line) => text(line)),
    alerts: listed.map((alert) =>
      wordedAlert(alert, {
        place: places[alert.id],
        calls: fewer(calls[alert.id] ?? [], mostCalls),
        hits: hitLines(hits[alert.id] ?? NO_HITS, mostHits),
        tickets: tickets[alert.id],
        done: done[alert.id],
      }),
    ),
    chart: chartOf(message),
    more: moreOf(alerts.slice(most)),
    foot: text(`${message.server === undefined ? '' : `${message.server}, `}${instantText(message.sentAt)}`),
  };
}

const NO_HITS: Hits = { listed: [], more: 0 };

function moreOf(rest: readonly Alert[]): Worded['more'] {
  const [first] = rest;
  return first === undefined ? null : { text: `and ${rest.length} more`, url: first.page };
}

function fewer(calls: readonly string[], most: number): readonly string[] {
  if (calls.length <= most) return calls;
  return most === 0 ? [] : [...calls.slice(0, most), 'and more'];
}

/** What a message knows of an alert besides. */
interface Besides {
  readonly place: string | undefined;
  readonly calls: readonly string[];
  readonly hits: readonly WordedHit[];
  readonly tickets: readonly TicketSaid[] | undefined;
  readonly done: string | undefined;
}

function wordedAlert(alert: Alert, { place, calls, hits, tickets = [], done }: Besides): WordedAlert {
  const { subject, severity, state, why, rule, filter, endsWhen } = alert;
  return {
    severity,
    state,
    title: `${stateText(alert)}${shortText(cleanText(subject.title), TITLE)}`,
    calls,
    why: text(why),
    when: [whenText(alert), ...tickets.map(ticketText)].join('; '),
    rule: text(`${rule} of ${filter}${place === undefined || place === '' ? '' : ` (${place})`}`),
    ends: endsWhen === null || alert.state !== 'firing' ? null : text(`ends after ${endsWhen}`),
    hits,
    done: done === undefined ? null : text(done),
    mute: text(muteCommand(alert)),
    links: [...linksOf(alert), ...tickets.flatMap(ticketLink)],
  };
}

function whenText({ state, since, window }: Alert): string {
  return state === 'resolved' ? spanText(since, window.end) : `since ${instantText(since)}`;
}

/** `CRM-12: In Progress, Ann`. Of one that was made just now the tracker has not said yet how it stands. */
export function ticketText({ key, status, assignee }: TicketSaid): string {
  return shortText(cleanText(status === '' ? key : `${key}: ${status}, ${assignee ?? 'nobody'}`), TITLE);
}

function ticketLink({ key, url }: TicketSaid): WordedAlert['links'] {
  return isLink(url) ? [{ label: shortText(cleanText(key), 40), url }] : [];
}

function stateText({ state, late }: Alert): string {
  if (state === 'told') return '';
  if (state === 'firing') return 'Firing: ';
  return late ? 'Over already: ' : 'Resolved: ';
}

/** NOTE: a subject's id comes from outside: only what needs no quotes is put into a command. */
function muteCommand({ subject, filter }: Alert): string {
  const [what, id] =
    subject.kind === 'issue' && /^[\w.:-]{1,100}$/.test(subject.id) ? ['issue', subject.id] : ['filter', filter];
  return `sentry-monitor mute ${what} ${id} --for 1h --why "…"`;
}

function linksOf({ subject, page, runbook }: Alert): WordedAlert['links'] {
  const links = [
    { label: 'Sentry', url: subject.url },
    { label: 'page', url: page },
    { label: 'runbook', url: runbook },
  ];
  return links.flatMap(({ label, url }) => (url != null && isLink(url) ? [{ label, url }] : []));
}

function isLink(url: string): boolean {
  return /^https?:\/\/[\x21-\x7e]+$/i.test(url);
}

function text(given: string): string {
  return shortText(cleanText(given), TEXT);
}
