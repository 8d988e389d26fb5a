import { faultOf } from '../../model/errors.ts';
import type { TicketIssue } from '../../model/ticketing/ticket.ts';
import { DAY_MS, HOUR_MS } from '../../model/window.ts';
import type { Scope } from '../../ports/scope.ts';
import type { TicketAt } from '../../ports/tickets/ticket-store.ts';
import type { FilingDeps } from '../filing/deps.ts';
import { LEASE_MS, NOTHING_YET } from '../filing/session.ts';
import { settleRow } from '../filing/settle-row.ts';
import { knownOf } from '../matching/known.ts';
import { linkIssues, linkTickets, type SaidIssue } from '../matching/link.ts';

/** Older ones are not read: an issue that comes again after so long has a new ticket anyway. */
const FIRST_MS = 180 * DAY_MS;
/** What was touched shortly before is read again: search is late. */
const OVERLAP_MS = HOUR_MS / 4;
/** Rows that are looked after at a time. */
const MOST_ROWS = 20;
/** Rows and readings that are of no project or issue. */
const READING = '(reading)';
const ISSUES = '(issues)';

export interface ReadingDeps extends FilingDeps {
  /** Of the tracker. */
  projects(): readonly string[];
  /** Issues that have events since an instant, epoch ms, with their newest texts; some of them at most. */
  issuesSince(since: number): Promise<readonly SaidIssue[]>;
}

/**
 * Learns what others did in the tracker, which issues there are, and what became of tickets that nobody saw the end of.
 * On one server at a time. Never rejects: what went wrong is logged, and done the next time.
 */
export async function readTickets(deps: ReadingDeps, scope: Scope): Promise<void> {
  await attempt('issues', scope, () => noteIssues(deps));
  for (const project of deps.projects())
    await attempt(project, scope, () =>
      alone({ issue: READING, project }, deps, () => readProject(project, deps, scope)),
    );
  await attempt('rows', scope, () => settleRows(deps, scope));
}

async function attempt(what: string, scope: Scope, act: () => Promise<void>): Promise<void> {
  if (scope.signal.aborted) return;
  try {
    await act();
  } catch (error) {
    scope.log.warn({ what, error: faultOf(error).message }, 'tickets are not read');
  }
}

/** Nothing, while another server does it. */
async function alone(at: TicketAt, { store }: ReadingDeps, act: () => Promise<void>): Promise<void> {
  const taken = await store.take(at, LEASE_MS);
  if (taken === null) return;
  try {
    await act();
  } finally {
    await store.keep(at, taken.token, taken.state ?? NOTHING_YET, 0);
  }
}

/** NOTE: how far it came is kept only with a page's last ticket: they come by the time when they were touched. */
async function readProject(project: string, deps: ReadingDeps, scope: Scope): Promise<void> {
  const { store, tracker, hash } = deps;
  const began = await store.now();
  const since = ((await store.readUntil(project)) ?? began - FIRST_MS) - OVERLAP_MS;
  for (let page: string | null = null; !scope.signal.aborted;) {
    const found = await tracker.touched(project, since, page, scope);
    if (found.status !== 'done') throw new Error(found.why);
    const { tickets, next } = found.value;
    const known = tickets.map((ticket) => knownOf(ticket, project, hash));
    const until = next === null ? began : Math.min(began, tickets.at(-1)?.updatedAt ?? since);
    await store.keepKnown({ project, tickets: known, until });
    await linkTickets(store, known);
    if (next === null) return;
    page = next;
  }
}

/** Finds the tickets of issues that came since the last time. */
export async function noteIssues({
  store,
  issuesSince,
  hash,
}: Pick<ReadingDeps, 'store' | 'issuesSince' | 'hash'>): Promise<void> {
  const began = await store.now();
  const issues = await issuesSince((await store.readUntil(ISSUES)) ?? began - FIRST_MS);
  if (issues.length > 0) await linkIssues(store, issues, hash);
  await store.keepKnown({ project: ISSUES, tickets: [], until: began - OVERLAP_MS });
}

async function settleRows(deps: ReadingDeps, scope: Scope): Promise<void> {
  for (const at of await deps.store.unsettled(MOST_ROWS)) {
    if (scope.signal.aborted) return;
    await settleRow(at, issueOf(at.issue), deps, scope);
  }
}

/** No project has a slash in its name. */
function issueOf(key: string): TicketIssue {
  const slash = key.indexOf('/');
  return { project: key.slice(0, slash), id: key.slice(slash + 1) };
}
