import { actAddress } from '../../alerts/actions.ts';
import { type Fact, factList } from '../../components/facts.ts';
import { notice, unreadPart } from '../../components/notice.ts';
import { tag } from '../../components/tag.ts';
import { count, lasting, time } from '../../format.ts';
import { html, type Html, type HtmlPart, link, webAddress } from '../../html.ts';
import { layout } from '../../layout.ts';
import { endSaid } from '../../alerts/words.ts';
import { whoSaid } from '../../messages/words.ts';
import { ticketAct, ticketLinks } from '../../tickets/words.ts';
import { addressOf, issueAddress, ISSUES, keptOf } from '../../view/address.ts';
import type { Around } from '../page.ts';
import { alikePart } from './alike.ts';
import { daysPart } from './days.ts';
import { nameOf } from '../title.ts';
import type { IssueSeen } from './read.ts';
import { newestPart } from './sample.ts';
import { toldParts } from './told.ts';

export interface IssuePage extends Around {
  readonly hasActions: boolean;
  /** Or why it cannot be read. */
  readonly data: IssueSeen | { readonly unread: string };
}

/** One issue: what it is, how often it happens and to whom, its newest event, and who was told. */
export function issuePage(page: IssuePage): string {
  const { view, now, server, hasMessages, data } = page;
  const frame = { here: { page: 'issues' as const, part: true }, data: { now, server, hasMessages } };
  if ('unread' in data)
    return layout({
      ...frame,
      title: 'Issue – sentry-monitor',
      health: 'bad',
      main: unreadPart('Issues', data.unread, ISSUES),
    });
  const title = nameOf(data);
  return layout({
    ...frame,
    title: `${title.slice(0, 80)} – sentry-monitor`,
    path: issueAddress(data.issueId, {}),
    view,
    main: html`<p class="crumbs wide"><a href="${addressOf(ISSUES, keptOf(view))}">Issues</a></p>
      <h1 class="issue-title"><bdi>${title}</bdi></h1>
      ${page.faults.map((fault) => notice('warn', fault))}
      ${hiddenPart(data, now)}
      ${factsPart(data, now)}
      ${linksPart(data, page)}
      ${daysPart(data, now)}
      ${newestPart(data, now)}
      ${alikePart(data, view, now)}
      ${toldParts(data, page)}`,
  });
}

function hiddenPart({ hiddenBy }: IssueSeen, now: number): Html | null {
  if (hiddenBy === null) return null;
  const { until, by, why } = hiddenBy;
  const reason = why === '' ? null : html`: <bdi>${why}</bdi>`;
  const end = html`${endSaid(until, now)}${until.kind === 'instant' ? ' UTC' : null}`;
  return notice('idle', html`Lists leave it out until ${end}, by <bdi>${whoSaid(by)}</bdi>${reason}`);
}

function factsPart(data: IssueSeen, now: number): Html {
  const own = data.stored === null ? reportedFacts(data, now) : storedFacts(data.stored, now);
  return factList([...own, ...common(data)]);
}

function storedFacts({ issue, users, keptMs, days, samples }: NonNullable<IssueSeen['stored']>, now: number): Fact[] {
  const today = days.slots.at(-1)!.events;
  const week = days.slots.slice(-7).reduce((sum, { events }) => sum + events, 0);
  const release = (which: 'first' | 'newest'): HtmlPart =>
    html`<bdi>${samples.find((it) => it.which === which)?.release ?? 'not told'}</bdi>`;
  const ofKept = users.kept === null ? '' : `, ${count(users.kept)} in ${lasting(keptMs)}`;
  const people =
    users.day === null
      ? html`<span class="none">not counted, too many events</span>`
      : html`<b>${count(users.day)}</b> <small>in 24 h${ofKept}</small>`;
  return [
    ['Events today', html`<b>${count(today)}</b> <small>${count(week)} in 7 days</small>`],
    ['Users', people],
    ['First event', html`${time(issue.first, now)} UTC`],
    ['Newest event', html`${time(issue.last, now)} UTC`],
    ['First release', release('first')],
    ['Newest release', release('newest')],
    ['Level', html`<bdi>${issue.level}</bdi>`],
    ['Where', html`<bdi>${issue.culprit ?? 'not told'}</bdi>`],
  ];
}

function reportedFacts({ reported }: IssueSeen, now: number): Fact[] {
  const [most] = reported;
  if (most === undefined) return [['Now', html`<span class="none">in no filter’s last window</span>`]];
  const { issue } = most;
  const { details, events, users, trending, state } = issue;
  const people = users === null ? null : html`, ${count(users)} users`;
  const facts: readonly (readonly [string, string | null | undefined])[] = [
    ['Level', details?.level],
    ['Where', details?.culprit],
    ['Status', details?.status],
    ['Assignee', details?.assignee],
  ];
  return [
    ['Now', html`<b>${count(events)}</b> <small>events${people} in 5 min</small>`],
    ['State', tag(trending ? 'trend' : 'idle', state)],
    ...(details?.firstSeen == null ? [] : [['First seen', html`${time(details.firstSeen, now)} UTC`] as const]),
    ...facts.flatMap(([name, text]): Fact[] => (text == null || text === '' ? [] : [[name, html`<bdi>${text}</bdi>`]])),
  ];
}

function common({ stored, reported, filters, issueId, tickets, hasTickets }: IssueSeen): Fact[] {
  const project = stored?.issue.project ?? reported[0]?.issue.project;
  const names = filters.map((name, at) => html`${at === 0 ? null : ', '}<a href="/filters/${name}">${name}</a>`);
  return [
    ...(project === undefined ? [] : [['Project', html`<bdi>${project}</bdi>`] as const]),
    ...(hasTickets ? [['Tickets', ticketLinks(tickets) ?? html`<span class="none">none</span>`] as const] : []),
    ['Filters', names.length === 0 ? html`<span class="none">none looks at it now</span>` : names],
    ['Id', html`<bdi>${issueId}</bdi>`],
  ];
}

/** What a person may do about it; each leads to a page that asks once more. */
function actLinks({ issueId, project, hiddenBy, hasTickets, tickets }: IssueSeen): readonly Html[] {
  const hide =
    hiddenBy === null
      ? html`<a href="${actAddress('hide', { issue: issueId })}">hide</a>`
      : html`<a href="${actAddress('unmute', { mute: hiddenBy.id })}">show it in lists again</a>`;
  const mute = html`<a href="${actAddress('mute', { issue: issueId })}">mute</a>`;
  return [...(hasTickets ? [ticketAct(issueId, project, tickets)] : []), mute, hide];
}

function linksPart(data: IssueSeen, { hasActions, view }: IssuePage): Html | null {
  const { issueId, stored, reported, others } = data;
  const details = reported[0]?.issue;
  const vendor = [stored?.issue.url, details?.details?.url, details?.url].find((it) => webAddress(it) !== null);
  const runbooks = [...new Set(reported.flatMap(({ filter }) => filter.runbook ?? []))];
  const all = [
    vendor === undefined ? null : link(vendor, 'Open in Sentry'),
    ...runbooks.map((runbook) => link(runbook, 'runbook')),
    ...(hasActions ? actLinks(data) : []),
    ...others.map((project) => {
      const there = issueAddress(issueId, { ...view, project });
      return html`<a href="${there}">the same id in <bdi>${project}</bdi></a>`;
    }),
  ].filter((it) => it !== null);
  return all.length === 0 ? null : html`<ul class="links">${all.map((it) => html`<li>${it}</li>`)}</ul>`;
}
