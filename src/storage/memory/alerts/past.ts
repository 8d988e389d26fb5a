import type { IssueFacts, WindowFacts } from '../../../core/model/alerting/facts.ts';
import { DAY_MS } from '../../../core/model/window.ts';
import type { FilterSpan, IssueCount, IssueSum, KeptTotal } from '../../../core/ports/alerting/alert-store.ts';
import { learned } from '../../alerts/learned.ts';
import { withoutIssues } from '../../alerts/without-issues.ts';
import type { Journal } from './turns.ts';

/** How far back a memory reaches, ms. */
export interface Reach {
  /** Windows with their issues. */
  readonly windowsMs: number;
  /** Totals, and counts by UTC day of windows that are older than that; 0: there are none. */
  readonly daysMs: number;
  /** Messages, settled tellings and alerts that ended. */
  readonly messagesMs: number;
}

/** Counts of a UTC day, of the windows that are not kept by themselves any more. */
interface Day {
  readonly windows: ReadonlySet<number>;
  readonly sums: ReadonlyMap<string, IssueSum>;
}

/** What is known of an issue, and the start of the newest window that it was in. */
interface Known {
  readonly issue: IssueFacts;
  readonly at: number;
}

/** The windows of one filter. */
export interface Past {
  keep(facts: WindowFacts, journal: Journal): void;
  facts(span: FilterSpan): readonly WindowFacts[];
  totals(span: FilterSpan): readonly KeptTotal[];
  sums(span: FilterSpan): readonly IssueSum[];
  counts(span: FilterSpan, ids: readonly string[]): readonly IssueCount[];
  issue(id: string): IssueFacts | undefined;
}

/** By start of window or day, epoch ms, and by issue. */
interface Shelf {
  readonly windows: Map<number, WindowFacts>;
  readonly totals: Map<number, KeptTotal>;
  readonly days: Map<number, Day>;
  readonly known: Map<string, Known>;
}

export function openPast(now: () => number, reach: Reach): Past {
  const shelf: Shelf = { windows: new Map(), totals: new Map(), days: new Map(), known: new Map() };
  return {
    keep(facts, journal) {
      forget(shelf, now(), reach, journal);
      keep(shelf, facts, now(), journal);
    },
    facts: ({ from, to }) => inOrder(shelf.windows, from, to),
    totals: ({ from, to }) =>
      inOrder(shelf.totals, from, to).map((it) => (shelf.windows.has(it.start) ? it : withoutIssues(it))),
    sums({ from, to }) {
      const sums = new Map<string, IssueSum>();
      for (const { sums: ofDay } of inOrder(shelf.days, from, to)) for (const sum of ofDay.values()) add(sums, sum);
      for (const { issues } of inOrder(shelf.windows, from, to)) for (const issue of issues) add(sums, issue);
      return [...sums.values()];
    },
    counts: ({ from, to }, ids) =>
      inOrder(shelf.windows, from, to).flatMap(({ window: { start }, issues }) =>
        issues.filter(({ id }) => ids.includes(id)).map(({ id, events }) => ({ id, start, events })),
      ),
    issue: (id) => shelf.known.get(id)?.issue,
  };
}

function keep({ windows, totals, days, known }: Shelf, facts: WindowFacts, recordedAt: number, journal: Journal): void {
  const { start } = facts.window;
  const { events, users, complete, lacks, silent } = facts;
  const isOlder = (windows.get(start)?.revision ?? 0) > facts.revision;
  if (isOlder || days.get(dayOf(start))?.windows.has(start) === true) return;
  journal.set(windows, start, facts);
  journal.set(totals, start, { start, events, users, complete, lacks, silent, recordedAt });
  for (const issue of facts.issues) {
    const before = known.get(issue.id);
    const isNewer = before === undefined || start >= before.at;
    const at = isNewer ? start : before.at;
    const backAt = issue.isBack === true ? Math.max(start, before?.issue.backAt ?? start) : before?.issue.backAt;
    const all = { ...learned(before?.issue ?? null, issue, isNewer), ...(backAt === undefined ? {} : { backAt }) };
    journal.set(known, issue.id, { issue: all, at });
  }
}

/** What is too old: windows become days first. */
function forget(
  { windows, totals, days, known }: Shelf,
  now: number,
  { windowsMs, daysMs }: Reach,
  journal: Journal,
): void {
  for (const [start, facts] of windows) {
    if (start >= now - windowsMs) continue;
    journal.delete(windows, start);
    if (daysMs > 0) journal.set(days, dayOf(start), addedTo(days.get(dayOf(start)), facts));
  }
  const before = now - Math.max(windowsMs, daysMs);
  for (const at of totals.keys()) if (at < before) journal.delete(totals, at);
  for (const at of days.keys()) if (at < before) journal.delete(days, at);
  for (const [id, { at }] of known) if (at < before) journal.delete(known, id);
}

function dayOf(start: number): number {
  return Math.floor(start / DAY_MS) * DAY_MS;
}

function addedTo(day: Day | undefined, { window, issues }: WindowFacts): Day {
  const sums = new Map(day?.sums);
  for (const issue of issues) add(sums, issue);
  return { windows: new Set(day?.windows).add(window.start), sums };
}

function add(sums: Map<string, IssueSum>, { id, events, users }: IssueSum): void {
  const before = sums.get(id);
  sums.set(id, { id, events: events + (before?.events ?? 0), users: Math.max(users, before?.users ?? 0) });
}

function inOrder<T>(map: ReadonlyMap<number, T>, from: number, to: number): readonly T[] {
  return [...map]
    .filter(([at]) => at >= from && at < to)
    .sort(([a], [b]) => a - b)
    .map(([, value]) => value);
}
