import { count } from '../../../../core/chart/count.ts';
import { ticketText } from '../../../../core/alerts/words/worded.ts';
import { momentIn } from '../../../../core/chart/zone-time.ts';
import { cleanText, shortText } from '../../../../core/alerts/words/clean-text.ts';
import type { Digest, DigestFilter, DigestIssue, DigestIssues } from '../../../../core/model/alerting/digest.ts';
import { escaped, heading, linkTo, soft, WRAP } from '../markup.ts';

/** Issues of a list. */
const MOST = 8;
/** Code points of what others wrote. */
const TITLE = 160;

interface Listed {
  readonly filter: string;
  readonly zone: string;
  readonly issue: DigestIssue;
}

/** New issues, those that are back, those with most events, and those that somebody archived. */
export function issueParts(digest: Pick<Digest, 'filters' | 'zone'>): readonly string[] {
  const { filters, zone } = digest;
  const isOne = filters.length === 1;
  const biggest = filters.flatMap(({ filter, biggest: all }) => all.map((issue) => ({ filter, zone, issue })));
  return [
    ...listed('New issues', digest, (it) => it.new),
    ...listed('Back after they were resolved', digest, (it) => it.regressed),
    ...(biggest.length === 0 ? [] : [part('Most events', biggest, null, isOne)]),
    ...listed('Archived', digest, (it) => it.archived),
  ];
}

function listed(
  title: string,
  { filters, zone }: Pick<Digest, 'filters' | 'zone'>,
  of: (filter: DigestFilter) => DigestIssues,
): readonly string[] {
  const total = filters.reduce((sum, it) => sum + of(it).count, 0);
  if (total === 0) return [];
  const all = filters.flatMap((it) => of(it).first.map((issue) => ({ filter: it.filter, zone, issue })));
  return [part(`${title}: ${count(total)}`, all, total, filters.length === 1)];
}

/** `total`: of what the title says; null: it says no number. */
function part(title: string, all: readonly Listed[], total: number | null, isOne: boolean): string {
  const shown = all.toSorted((a, b) => b.issue.events - a.issue.events).slice(0, MOST);
  const rest = (total ?? 0) - shown.length;
  const lines = shown.map((it) => issueHtml(it, isOne, total !== null));
  return [heading(title), ...lines, ...(rest > 0 ? [soft(`and ${count(rest)} more`)] : [])].join('');
}

function issueHtml({ filter, zone, issue }: Listed, isOne: boolean, isStateSaid: boolean): string {
  const { id, title, url, events, state, level, project, records, tickets = [] } = issue;
  const name = shortText(cleanText(title ?? `issue ${id}`), TITLE);
  const facts = [
    `${count(events)} ${events === 1 ? 'event' : 'events'}`,
    ...(isStateSaid ? [] : [state]),
    ...(level === null ? [] : [level]),
    ...(isOne ? [] : [filter]),
    ...(project === null ? [] : [project]),
    ...tickets.map(ticketText),
    ...(records === undefined ? [] : recordsSaid(records, zone)),
  ];
  const style = `margin:6px 0 0;font-size:14px;line-height:20px;${WRAP}`;
  const said = soft(escaped(facts.map(cleanText).join(' · '))).replace('margin:4px', 'margin:0');
  return `<p style="${style}">${linkTo(name, url)}</p>${said}`;
}

/** When its first and its last event happened. */
function recordsSaid({ first, last }: NonNullable<DigestIssue['records']>, zone: string): readonly string[] {
  const [from, to] = [first, last].map(({ at }) => momentIn(Date.parse(at), zone));
  return from === to ? [`at ${from}`] : [`first ${from}`, `last ${to}`];
}
