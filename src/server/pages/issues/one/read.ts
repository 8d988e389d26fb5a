import type { Mute } from '../../../../core/model/alerting/rule.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { ReportIssue } from '../../../../core/model/report.ts';
import type { LinkedTicket } from '../../../../core/model/ticketing/ticket.ts';
import { DAY_MS, PERIOD_MS, type Window } from '../../../../core/model/window.ts';
import type { AlikeIssues, KeptSample, StoredIssue } from '../../../../core/ports/events/event-store.ts';
import { aboutIssue, type IssueAlerts } from '../../data/alerts/about-issue.ts';
import type { PageAlerting } from '../../data/alerts/of-page.ts';
import type { Collect } from '../../data/collect.ts';
import type { FilterData, PageData, Slot } from '../../data/model.ts';
import { ofIssue, type PageTickets, ticketsOf } from '../../tickets/choose.ts';
import { RANGES, type View } from '../../view/view.ts';
import type { PageEvents } from '../read.ts';

/** Events of its project among which its users are counted. */
const MOST_EVENTS = 50_000;
/** Similar issues shown. */
const MOST_ALIKE = 20;
/** Days that a chart of an issue has. */
const DAYS = 30;

/** An issue of an intake: what its events came to. */
export interface Stored {
  readonly issue: StoredIssue;
  /** By UTC day, the last one so far. */
  readonly days: { readonly span: Window; readonly slots: readonly Slot[] };
  /** Distinct users of the last day, and of all events that are kept; null: too many events to count them. */
  readonly users: { readonly day: number | null; readonly kept: number | null };
  readonly keptMs: number;
  readonly samples: readonly KeptSample[];
  readonly alike: AlikeIssues;
}

/** An issue as a report of the last window lists it. */
export interface Reported {
  readonly issue: ReportIssue;
  readonly filter: FilterData;
}

/** All that is known of an issue. */
export interface IssueSeen {
  readonly issueId: string;
  /** '' where nobody says. */
  readonly project: string;
  /** Null: no intake has it. */
  readonly stored: Stored | null;
  /** Other intakes with an issue of this id. */
  readonly others: readonly string[];
  /** Of filters whose last window has it, the one with most events first. */
  readonly reported: readonly Reported[];
  /** Filters in force that look at its project. */
  readonly filters: readonly string[];
  readonly alerts: IssueAlerts | null;
  /** What leaves it out of lists; null: nothing. */
  readonly hiddenBy: Mute | null;
  readonly tickets: readonly LinkedTicket[];
  /** There may be some. */
  readonly hasTickets: boolean;
}

export interface IssueDeps {
  readonly events: PageEvents | undefined;
  readonly alerting: PageAlerting | undefined;
  readonly tickets?: PageTickets | undefined;
  readonly collect: Collect;
  readonly filters: readonly Filter[];
  readonly now: number;
}

/** Null: nobody knows of it. */
export async function readIssue(issueId: string, view: View, deps: IssueDeps): Promise<IssueSeen | null> {
  const { events, alerting, collect, now } = deps;
  const known = events === undefined ? [] : await storedIssues(issueId, events);
  const issue = known.find(({ project }) => project === view.project) ?? known[0];
  const filters = issue === undefined ? deps.filters : deps.filters.filter((it) => it.projects.includes(issue.project));
  const data = filters.length === 0 ? null : await collect(filters, LOOK);
  const reported = reportedIn(data, issueId);
  const alerts = alerting === undefined ? null : await alertsOf(issueId, filters, { data, reported, now }, alerting);
  if (issue === undefined && reported.length === 0 && (alerts?.alerts.length ?? 0) === 0) return null;
  return {
    issueId,
    stored: issue === undefined ? null : await storedOf(issue, events!, now),
    others: known.filter((it) => it !== issue).map(({ project }) => project),
    reported,
    filters: issue === undefined ? reported.map(({ filter }) => filter.name) : filters.map(({ name }) => name),
    alerts,
    ...(await ticketsPart(projectOf({ issue, reported, alerts }), issueId, deps.tickets)),
    hiddenBy: (await alerting?.hidden())?.get(issueId) ?? null,
  };
}

type Known = Pick<IssueSeen, 'reported' | 'alerts'> & { readonly issue: StoredIssue | undefined };

/** '' where nobody says. */
function projectOf({ issue, reported, alerts }: Known): string {
  return issue?.project ?? reported[0]?.issue.project ?? alerts?.alerts[0]?.alert.subject.project ?? '';
}

async function ticketsPart(
  project: string,
  id: string,
  tickets: PageTickets | undefined,
): Promise<Pick<IssueSeen, 'project' | 'tickets' | 'hasTickets'>> {
  const found = await ticketsOf([{ project, id }], tickets);
  return { project, tickets: ofIssue({ project, id }, found), hasTickets: tickets !== undefined };
}

const LOOK = { range: RANGES['1h'], at: null, before: false, issues: 'all' } as const;

/** The one with the newest event first. NOTE: ids of logs may be the same in two intakes. */
async function storedIssues(issueId: string, { store, projects }: PageEvents): Promise<readonly StoredIssue[]> {
  const found: StoredIssue[] = [];
  for (const project of projects) found.push(...(await store.issues([project], [issueId], [])).values());
  return found.sort((one, other) => other.last - one.last);
}

async function storedOf(issue: StoredIssue, { store, projects }: PageEvents, now: number): Promise<Stored> {
  const { project, issueId } = issue;
  const wish = { projects: [project], environments: [], levels: [] };
  const end = (Math.floor(now / DAY_MS) + 1) * DAY_MS;
  const span = { start: end - DAYS * DAY_MS, end };
  const counts = new Map((await store.days(wish, [issueId], span)).map(({ day, events }) => [day, events]));
  const slots = Array.from({ length: DAYS }, (_, index): Slot => {
    const start = span.start + index * DAY_MS;
    return { start, events: counts.get(start) ?? 0, complete: true, revision: 0 };
  });
  const until = Math.ceil(now / PERIOD_MS) * PERIOD_MS;
  const usersSince = async (ms: number): Promise<number | null> => {
    const since = { start: until - ms, end: until };
    if ((await store.held([project], since)) > MOST_EVENTS) return null;
    return (await store.usersBy(project, [issueId], since)).get(issueId) ?? 0;
  };
  const [day, kept] = [await usersSince(DAY_MS), await usersSince(store.keptMs)];
  return {
    issue,
    days: { span, slots },
    users: { day, kept },
    keptMs: store.keptMs,
    samples: await store.samples(project, issueId),
    alike: await store.alike(projects, { project, issueId }, MOST_ALIKE),
  };
}

function reportedIn(data: PageData | null, issueId: string): readonly Reported[] {
  const all = data?.filters.flatMap((filter) => {
    const issue = filter.report?.issues.find((it) => it.issueId === issueId);
    return issue === undefined ? [] : [{ issue, filter }];
  });
  return (all ?? []).sort((one, other) => other.issue.events - one.issue.events);
}

/** Filters whose last window lists it say what their rules make of it. */
async function alertsOf(
  issueId: string,
  filters: readonly Filter[],
  { data, reported, now }: { data: PageData | null; reported: readonly Reported[]; now: number },
  alerting: PageAlerting,
): Promise<IssueAlerts> {
  const listing = new Set(reported.map(({ filter }) => filter.name));
  return aboutIssue(
    issueId,
    filters,
    { current: data?.current ?? null, since: now - DAYS * DAY_MS, listing },
    alerting,
  );
}
