import { empty } from '../components/notice.ts';
import { tag } from '../components/tag.ts';
import { twoLines } from '../components/text.ts';
import { count, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import { numbers, table, unseenCaption, column } from '../parts/table.ts';
import { ticketLinks } from '../tickets/words.ts';
import { addressOf, issueAddress, ISSUES, keptOf } from '../view/address.ts';
import { ISSUE_SORTS, type IssueSort, type View } from '../view/view.ts';
import { type IssueLine, type IssueList, isNew } from './read.ts';
import { titleOf } from './title.ts';

/** Issues of intakes, one a row. */
export function issueLines(data: IssueList, view: View, now: number): Html {
  if (data.lines.length === 0) return empty(noneWords(view));
  const head = (by: IssueSort, name: string): Html => sortHead(by, name, view);
  return html`${sortsPart(view)}${table({
    kind: 'listed',
    caption: unseenCaption('Issues of intakes'),
    columns: [
      column('Issue'),
      column('Project'),
      column('State'),
      head('events', 'Events'),
      head('users', 'Users'),
      head('first', 'First'),
      head('last', 'Last'),
    ],
    body: html`<tbody>${data.lines.map((line) => lineRow(line, data, view, now))}</tbody>`,
  })}${EXPLAINED}`;
}

const EXPLAINED = html`<p class="note">First and last: when its first event ever and its newest one happened, UTC. New:
  the first is in this range.</p>`;

function noneWords({ q, project, state, ticket }: View): string {
  const isAny = [q, project, state, ticket].some((it) => it !== undefined);
  return isAny ? 'No issue is like that in this range.' : 'No intake has stored an event of this range.';
}

function sortHead(by: IssueSort, name: string, view: View): Html {
  const isChosen = (view.by ?? 'events') === by;
  const words = html`<a href="${addressTo(view, by)}" title="Sort by this">${name}</a>`;
  return isChosen ? html`<th scope="col" class="n" aria-sort="descending">${words}</th>` : numbers(words);
}

function addressTo(view: View, by: IssueSort): string {
  return addressOf(ISSUES, view, { by: by === 'events' ? undefined : by });
}

/** The order of rows, where there is no room for the heads of columns. */
function sortsPart(view: View): Html {
  const links = ISSUE_SORTS.map((by) => {
    const current = (view.by ?? 'events') === by ? html` aria-current="true"` : null;
    return html` <a href="${addressTo(view, by)}"${current}>${by}</a>`;
  });
  return html`<p class="sorts">Sort by:${links}</p>`;
}

function lineRow(line: IssueLine, { span }: IssueList, view: View, now: number): Html {
  const { project, issueId, issue, events, users, first, last, tickets } = line;
  const title = titleOf(issue?.title, issueId);
  const facts = [issue?.culprit, issue?.level].filter((it) => it !== null && it !== undefined && it !== '');
  const address = issueAddress(issueId, { ...keptOf(view), project });
  return html`<tr data-issue="${issueId}"><th scope="row"><a href="${address}">${twoLines(title)}</a>
    <small class="issue-facts">${facts.map((it) => html`<span><bdi>${it}</bdi></span> `)}</small>
    ${ticketLinks(tickets)}</th>
    <td class="where" data-label="project"><bdi>${project}</bdi></td>
    <td>${isNew(line, span) ? tag('trend', 'new') : tag('idle', 'known')}</td>
    <td class="n count" data-label="events">${count(events)}</td>
    <td class="n" data-label="users">${users === null ? '–' : count(users)}</td>
    <td class="n when" data-label="first">${first === null ? '–' : time(first, now)}</td>
    <td class="n when" data-label="last">${time(last, now)}</td></tr>`;
}
