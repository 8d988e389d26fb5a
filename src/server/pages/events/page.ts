import { type Choice, choice, form } from '../components/form.ts';
import { empty, notice, unreadPart } from '../components/notice.ts';
import { whenControls } from '../components/when.ts';
import { count, plural, time } from '../format.ts';
import { html, type Html } from '../html.ts';
import type { Around } from '../issues/page.ts';
import { tabs } from '../issues/tabs.ts';
import { layout } from '../layout.ts';
import { addressOf, CSV, EVENTS } from '../view/address.ts';
import type { View } from '../view/view.ts';
import { spanWords } from '../words.ts';
import { type EventList, MOST } from './read.ts';
import { eventRows } from './rows.ts';

export interface EventsPage extends Around {
  /** Names of intakes. */
  readonly projects: readonly string[];
  readonly hasActions: boolean;
  /** Or why it cannot be read. */
  readonly data: EventList | { readonly unread: string };
}

/** Events of intakes one by one, the newest first. */
export function eventsPage(page: EventsPage): string {
  const { view, now, server, hasMessages, data } = page;
  const frame = {
    ...{ title: 'Events – sentry-monitor', here: { page: 'issues' as const, part: true }, path: EVENTS, view },
    data: { now, server, hasMessages },
  };
  if ('unread' in data) return layout({ ...frame, health: 'bad', main: unreadPart('Events', data.unread, EVENTS) });
  return layout({ ...frame, main: mainPart(page, data) });
}

function mainPart({ view, faults, projects, now, hasActions }: EventsPage, data: EventList): Html {
  const { span, events } = data;
  return html`<h1>Events <small>of intakes, ${spanWords(span, now)} UTC</small></h1>
    ${faults.map((fault) => notice('warn', fault))}
    <div class="controls">${tabs(view, 'events')} ${whenControls({ path: EVENTS, view, data: { span, now } })}</div>
    <div class="controls">${searchForm(view, projects)}${chosenPart(view)}${movesPart(data, view)}</div>
    ${hiddenPart(data, view)}
    ${cutPart(data, now)}
    ${events.length === 0 ? empty(noneWords(view, data)) : eventRows({ data, view, now, hasActions })}
    ${events.length < FEW ? null : movesPart(data, view)}
    <p class="note"><a href="${addressOf(CSV, view, { after: undefined })}" download>Download these as CSV</a>: all of
    this choice, at most ${count(MOST.csv)} events; the last line says so when there are more. Times are UTC.</p>`;
}

/** Of more rows than these the end is out of sight. */
const FEW = 10;

const LEVELS = ['fatal', 'error', 'warning', 'info', 'debug'].map((level): Choice => [level, level]);

function searchForm(view: View, projects: readonly string[]): Html {
  const names = projects.map((it): Choice => [it, it]);
  return form({
    path: EVENTS,
    view,
    asks: ['q', 'project', 'level', 'after'],
    role: 'search',
    fields: html`<span class="field"><label for="q">Search</label>
      <input type="search" id="q" name="q" value="${view.q}" maxlength="200"
      placeholder="words of it, or an issue’s id"></span>
      ${projects.length < 2 ? null : choice('project', names, view.project)}
      ${choice('level', LEVELS, view.level)} <button>Find</button>`,
  });
}

function isAny({ q, project, level }: View): boolean {
  return q !== undefined || project !== undefined || level !== undefined;
}

function chosenPart(view: View): Html | null {
  const all = addressOf(EVENTS, view, { q: undefined, project: undefined, level: undefined });
  return isAny(view) ? html`<p><a href="${all}">show all</a></p>` : null;
}

function noneWords(view: View, { isCut }: EventList): string {
  if (isCut) return 'None of those that were looked at is like that.';
  if (view.after !== undefined) return 'There are no older ones in this range.';
  return isAny(view) ? 'No event is like that in this range.' : 'No intake has stored an event of this range.';
}

function movesPart({ next }: EventList, view: View): Html | null {
  if (view.after === undefined && next === null) return null;
  const newest = html`<li><a href="${addressOf(EVENTS, view, { after: undefined })}">newest</a></li>`;
  const older = next && html`<li><a rel="next" href="${addressOf(EVENTS, view, { after: next })}">older</a></li>`;
  return html`<ul class="group" aria-label="Further events">${view.after === undefined ? null : newest}${older}</ul>`;
}

/** NOTE: the list ends where it was looked up to, and goes on from there. */
function cutPart({ isCut, next }: EventList, now: number): Html | null {
  if (!isCut || next === null) return null;
  return notice(
    'warn',
    html`${count(MOST.looked)} events were looked through, back to ${time(next.at, now)} UTC. “older” goes on from
    there; a shorter range, or one project, makes it less.`,
  );
}

function hiddenPart({ hidden }: EventList, view: View): Html | null {
  if (hidden.size === 0) return null;
  const [said, other] = view.hidden === undefined ? ['are left out', 'show them'] : ['are shown too', 'leave them out'];
  const others = addressOf(EVENTS, view, { hidden: view.hidden === undefined ? 'shown' : undefined });
  return html`<p class="note">Events of ${plural(hidden.size, 'hidden issue')} ${said}:
    <a href="${others}">${other}</a>.</p>`;
}
