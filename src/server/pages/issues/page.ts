import { notice, unreadPart } from '../components/notice.ts';
import { type Choice, choice, form } from '../components/form.ts';
import { hiddenWords } from '../components/hidden.ts';
import { whenControls } from '../components/when.ts';
import { count, plural } from '../format.ts';
import { html, type Html } from '../html.ts';
import { layout } from '../layout.ts';
import { spanWords } from '../words.ts';
import { ticketChoice } from '../tickets/words.ts';
import { addressOf, ISSUES } from '../view/address.ts';
import { ISSUE_STATES, type View } from '../view/view.ts';
import { issueLines } from './lines.ts';
import { tabs } from './tabs.ts';
import { MOST } from './most.ts';
import type { IssueList } from './read.ts';
import { rejectsPart } from './rejects.ts';

/** Around what a page of issues shows. */
export interface Around {
  readonly view: View;
  readonly faults: readonly string[];
  readonly now: number;
  readonly server: string;
  readonly hasMessages: boolean;
}

export interface ListPage extends Around {
  /** Names of intakes. */
  readonly projects: readonly string[];
  /** There are tickets; absent: there are none. */
  readonly hasTickets?: boolean;
  /** Or why it cannot be read. */
  readonly data: IssueList | { readonly unread: string };
}

/** Issues of intakes: how many events and users each has over a span, and since when. */
export function issueListPage(page: ListPage): string {
  const { view, now, server, hasMessages, data } = page;
  const frame = {
    ...{ title: 'Issues – sentry-monitor', here: { page: 'issues' as const }, path: ISSUES, view },
    data: { now, server, hasMessages },
  };
  if ('unread' in data) return layout({ ...frame, health: 'bad', main: unreadPart('Issues', data.unread, ISSUES) });
  return layout({ ...frame, main: mainPart(page, data) });
}

function mainPart({ view, faults, projects, hasTickets = false, now }: ListPage, data: IssueList): Html {
  const { span } = data;
  return html`<h1>Issues <small>of intakes, ${spanWords(span, now)} UTC</small></h1>
    ${faults.map((fault) => notice('warn', fault))}
    <div class="controls">${tabs(view, null)} ${whenControls({ path: ISSUES, view, data: { span, now } })}</div>
    <div class="controls">${searchForm(view, projects, hasTickets)}${foundWords(data, view)}
    ${pagesPart(data, view, 'Further issues')}</div>
    ${lacksOf(data)}
    ${issueLines(data, view, now)}
    ${data.lines.length < FEW ? null : pagesPart(data, view, 'Further issues, below')}
    ${rejectsPart(data.rejects, now)}`;
}

/** What is not in it. */
function lacksOf({ uncounted, isCut }: IssueList): readonly (Html | null)[] {
  return [
    isCut ? notice('warn', CUT) : null,
    uncounted.length === 0 ? null : notice('idle', uncountedWords(uncounted)),
  ];
}

const CUT = `Only the ${count(MOST.issues)} issues with the newest events are looked through. Search, or choose a
  shorter range or one project, to see others.`;

function uncountedWords(projects: readonly string[]): string {
  const names = projects.join(', ');
  return `Users of ${names} are not counted: more than ${count(MOST.events)} events are in this range.`;
}

function searchForm(view: View, projects: readonly string[], hasTickets: boolean): Html {
  const names = projects.map((it): Choice => [it, it]);
  const states: readonly Choice[] = ISSUE_STATES.map((state) => [state, STATES_SAID[state]]);
  return form({
    path: ISSUES,
    view,
    asks: ['q', 'project', 'state', ...(hasTickets ? (['ticket'] as const) : [])],
    role: 'search',
    fields: html`<span class="field"><label for="q">Search</label>
      <input type="search" id="q" name="q" value="${view.q}" maxlength="200" placeholder="title, culprit, id"></span>
      ${projects.length < 2 ? null : choice('project', names, view.project)}
      ${choice('state', states, view.state)} ${hasTickets ? ticketChoice(view) : null} <button>Find</button>`,
  });
}

const STATES_SAID = { new: 'new in this range', known: 'known before' } as const;

function foundWords({ total, hidden }: IssueList, view: View): Html {
  const isAny = [view.q, view.project, view.state, view.ticket].some((it) => it !== undefined);
  const all = addressOf(ISSUES, view, { q: undefined, project: undefined, state: undefined, ticket: undefined });
  const clear = html` <a href="${all}">show all</a>`;
  return html`<p>${plural(total, 'issue')}${isAny ? ' found.' : '.'}${isAny ? clear : null}
    ${hiddenWords(ISSUES, hidden, view)}</p>`;
}

/** Of more lines than these the end is out of sight. */
const FEW = 10;

function pagesPart({ from, lines, total }: IssueList, view: View, label: string): Html | null {
  if (total <= MOST.lines) return null;
  const here = from / MOST.lines + 1;
  const to = (page: number): string => addressOf(ISSUES, view, { page: page === 1 ? undefined : page });
  const before = html`<li><a rel="prev" href="${to(here - 1)}">before</a></li>`;
  const after = html`<li><a rel="next" href="${to(here + 1)}">after</a></li>`;
  return html`<div class="pages-of"><p>${count(from + 1)} to ${count(from + lines.length)} of ${count(total)}</p>
    <ul class="group" aria-label="${label}">${here > 1 ? before : null}${
      from + lines.length < total ? after : null
    }</ul></div>`;
}
