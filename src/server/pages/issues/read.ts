import type { LinkedTicket } from '../../../core/model/ticketing/ticket.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../../core/model/window.ts';
import type { CountedIssues, UsersBy } from './counted.ts';
import { MOST } from './most.ts';
import type { EventStore, IssueTimes, StoredIssue } from '../../../core/ports/events/event-store.ts';
import { readRejects, type Rejected } from './rejects.ts';
import { isChosen as hasSuch, ofIssue, type PageTickets, ticketIssue, ticketsOf } from '../tickets/choose.ts';
import { type IssueSort, RANGES, type RangeName, type TicketChoice, type View } from '../view/view.ts';

/** What pages know of events of intakes. */
export interface PageEvents {
  readonly store: EventStore;
  /** Names of intakes. */
  readonly projects: readonly string[];
  /** Those whose logs tell how long things took; absent: none. */
  readonly timed?: ReadonlySet<string> | undefined;
}

/** An issue of an intake as a list has it. */
export interface IssueLine extends Omit<IssueTimes, 'first'> {
  /** Null: it was forgotten meanwhile. */
  readonly first: number | null;
  readonly events: number;
  /** Distinct; null: not counted. */
  readonly users: number | null;
  /** What it says; null: it was forgotten meanwhile. */
  readonly issue: StoredIssue | null;
  readonly tickets: readonly LinkedTicket[];
}

export interface IssueList {
  /** What is counted: of more than a day whole days, UTC. */
  readonly span: Window;
  /** Those of the page. */
  readonly lines: readonly IssueLine[];
  /** How many there are on all pages. */
  readonly total: number;
  /** How many more there are that somebody hid. */
  readonly hidden: number;
  /** Place of the first of them, from 0. */
  readonly from: number;
  /** There may be more, whose events are older. */
  readonly isCut: boolean;
  /** Projects of which users were not counted: they have too many events in the span. */
  readonly uncounted: readonly string[];
  readonly rejects: readonly Rejected[];
}

export const RANGE: RangeName = '24h';

export async function readIssues(
  view: View,
  { store, projects }: PageEvents,
  { now, counted, hidden = NONE, tickets }: Looking,
): Promise<IssueList> {
  const span = spanOf(view, now);
  const wanted = projects.filter((it) => view.project === undefined || it === view.project);
  const first = view.state !== undefined || view.by === 'first';
  const users = new Map<string, UsersBy | null>();
  const all = { lines: [] as Line[], isCut: false };
  for (const project of wanted) {
    const { times, events, users: usersBy } = await counted(project, { span, text: view.q, first });
    users.set(project, usersBy);
    all.isCut ||= times.length === MOST.issues;
    const own = times.map((it): Line => ({ ...it, events: events.get(it.issueId) ?? 0, users: null }));
    all.lines.push(...(view.by === 'users' ? await withUsers(own, users, 'all') : own));
  }
  const inSpan = all.lines.filter((line) => isChosen(line, view, span));
  const fitting = view.ticket === undefined ? inSpan : await withTicketsSo(inSpan, view.ticket, { tickets, now });
  const isShown = ({ issueId }: Line): boolean => view.hidden === 'shown' || !hidden.has(issueId);
  const chosen = fitting.filter(isShown).sort(ORDERS[view.by ?? 'events']);
  const last = Math.max(1, Math.ceil(chosen.length / MOST.lines));
  const from = (Math.min(view.page ?? 1, last) - 1) * MOST.lines;
  const shown = chosen.slice(from, from + MOST.lines);
  const lines = await withTexts(view.by === 'users' ? shown : await withUsers(shown, users), store, tickets);
  const left = fitting.length - chosen.length;
  const uncounted = wanted.filter((project) => users.get(project) === null);
  const { isCut } = all;
  const rejects = await readRejects(wanted, store);
  return { span, lines, total: chosen.length, hidden: left, from, isCut, uncounted, rejects };
}

/** NOTE: of those that are shown: to count the users of all takes three times as long. */
async function withUsers(
  lines: readonly Line[],
  users: ReadonlyMap<string, UsersBy | null>,
  of: 'all' | 'these' = 'these',
): Promise<readonly Line[]> {
  const counts = new Map<string, ReadonlyMap<string, number>>();
  for (const [project, own] of Map.groupBy(lines, (line) => line.project)) {
    const found = await users.get(project)?.(of === 'all' ? null : own.map(({ issueId }) => issueId));
    if (found !== undefined) counts.set(project, found);
  }
  return lines.map((line) => {
    const found = counts.get(line.project);
    return { ...line, users: found === undefined ? null : (found.get(line.issueId) ?? 0) };
  });
}

interface Looking {
  readonly now: number;
  readonly counted: CountedIssues;
  /** Ids that somebody hid; absent: none. */
  readonly hidden?: ReadonlyMap<string, unknown> | undefined;
  /** Absent: there are none. */
  readonly tickets?: PageTickets | undefined;
}

/** Those with such tickets. */
async function withTicketsSo(
  lines: readonly Line[],
  choice: TicketChoice,
  { tickets, now }: Pick<Looking, 'tickets' | 'now'>,
): Promise<readonly Line[]> {
  const found = await ticketsOf(lines.map(ticketIssue), tickets);
  return lines.filter((line) => hasSuch(ofIssue(ticketIssue(line), found), choice, now));
}

const NONE: ReadonlyMap<string, unknown> = new Map();

type Line = Omit<IssueLine, 'issue' | 'tickets'>;

/** Counts by window reach up to the last one that began; those by day are of whole days. */
function spanOf({ range, at }: View, now: number): Window {
  const { ms } = RANGES[range ?? RANGE];
  const step = ms > DAY_MS ? DAY_MS : PERIOD_MS;
  const end = Math.ceil((at ?? now) / step) * step;
  return { start: end - ms, end };
}

export function isNew({ first }: Pick<IssueTimes, 'first'>, span: Window): boolean {
  return first !== null && first >= span.start;
}

function isChosen(line: Line, { state }: View, span: Window): boolean {
  return line.events > 0 && (state === undefined || isNew(line, span) === (state === 'new'));
}

const ORDERS: Readonly<Record<IssueSort, (one: Line, other: Line) => number>> = {
  events: (one, other) => other.events - one.events || newest(one, other),
  users: (one, other) => (other.users ?? -1) - (one.users ?? -1) || other.events - one.events || newest(one, other),
  first: (one, other) => (other.first ?? 0) - (one.first ?? 0) || newest(one, other),
  last: (one, other) => newest(one, other),
};

function newest(one: Line, other: Line): number {
  return other.last - one.last || (`${one.project} ${one.issueId}` < `${other.project} ${other.issueId}` ? -1 : 1);
}

async function withTexts(
  lines: readonly Line[],
  store: EventStore,
  tickets: PageTickets | undefined,
): Promise<readonly IssueLine[]> {
  const found = await ticketsOf(lines.map(ticketIssue), tickets);
  const texts = new Map<string, ReadonlyMap<string, StoredIssue>>();
  for (const [project, own] of Map.groupBy(lines, (line) => line.project))
    texts.set(
      project,
      await store.issues(
        [project],
        own.map(({ issueId }) => issueId),
        [],
      ),
    );
  return lines.map((line) => {
    const issue = texts.get(line.project)?.get(line.issueId) ?? null;
    return { ...line, issue, tickets: ofIssue(ticketIssue(line), found), first: issue?.first ?? line.first };
  });
}
