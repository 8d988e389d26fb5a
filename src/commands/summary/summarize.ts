import type { Found, FoundIssue, FoundSink, FoundTotal } from './found.ts';

/** What was found of a filter in one window or several. */
export interface Summary {
  readonly filter: string;
  readonly windows: number;
  /** Windows whose counts are not whole, and those that were not read at all. */
  readonly incomplete: number;
  readonly unread: number;
  /** Why, and in how many windows. */
  readonly reasons: ReadonlyMap<string, number>;
  /**
   * By project, in the filter's order. `issues`: distinct. `users`: the most in one window, as they cannot be added up.
   */
  readonly totals: readonly FoundTotal[];
  /** Most events first. */
  readonly issues: readonly SummaryIssue[];
  readonly sinks: ReadonlyMap<string, SummarySink>;
}

/** Events are of all windows; state and score of the one in which it trended most, else of the last. */
export interface SummaryIssue extends FoundIssue {
  /** In so many windows. */
  readonly trended: number;
}

export interface SummarySink extends Omit<FoundSink, 'status'> {
  readonly statuses: ReadonlySet<string>;
}

/** Takes in window after window, and keeps of each issue one entry. */
export interface Summaries {
  add(found: readonly Found[]): void;
  /** By filter, in the order in which they were found. */
  read(): readonly Summary[];
}

export function summarize(found: readonly Found[]): readonly Summary[] {
  const summaries = createSummaries();
  summaries.add(found);
  return summaries.read();
}

export function createSummaries(): Summaries {
  const byFilter = new Map<string, Growing>();
  return {
    add: (found) => {
      for (const one of found) {
        const grown = byFilter.get(one.filter) ?? startOf(one.filter);
        byFilter.set(one.filter, grown);
        grow(grown, one);
      }
    },
    read: () => [...byFilter.values()].map(summaryOf),
  };
}

/** What of a filter was added up so far. */
interface Growing {
  readonly filter: string;
  windows: number;
  incomplete: number;
  unread: number;
  readonly reasons: Map<string, number>;
  readonly totals: Map<string, GrowingTotal>;
  readonly issues: Map<string, SummaryIssue>;
  readonly sinks: Map<string, SummarySink>;
}

interface GrowingTotal extends FoundTotal {
  readonly windows: number;
}

function startOf(filter: string): Growing {
  return {
    filter,
    windows: 0,
    incomplete: 0,
    unread: 0,
    reasons: new Map(),
    totals: new Map(),
    issues: new Map(),
    sinks: new Map(),
  };
}

function grow(grown: Growing, { totals, issues, sinks, gaps, fault }: Found): void {
  grown.windows++;
  if (gaps.length > 0) grown.incomplete++;
  if (fault !== undefined) grown.unread++;
  // NOTE: each window says a reason once, however many parts of it have it.
  for (const reason of new Set([...gaps, fault ?? '']))
    if (reason !== '') grown.reasons.set(reason, (grown.reasons.get(reason) ?? 0) + 1);
  for (const total of totals) grown.totals.set(total.project, sumOf(grown.totals.get(total.project), total));
  for (const issue of issues) grown.issues.set(issue.id, together(grown.issues.get(issue.id), issue));
  for (const [name, sink] of Object.entries(sinks)) {
    const before = grown.sinks.get(name);
    grown.sinks.set(name, allOf(before === undefined ? [sink] : [before, sink]));
  }
}

function sumOf(before: GrowingTotal | undefined, total: FoundTotal): GrowingTotal {
  if (before === undefined) return { ...total, windows: 1 };
  return {
    project: total.project,
    events: before.events + total.events,
    issues: before.issues === null || total.issues === null ? null : before.issues,
    users: Math.max(before.users, total.users),
    windows: before.windows + 1,
  };
}

function together(before: SummaryIssue | undefined, issue: FoundIssue): SummaryIssue {
  if (before === undefined) return { ...issue, trended: issue.trending ? 1 : 0 };
  const isHigher = before.trended === 0 || (issue.trending && (issue.score ?? 0) > (before.score ?? 0));
  return {
    ...(isHigher ? issue : before),
    title: issue.title ?? before.title,
    events: before.events + issue.events,
    trended: before.trended + (issue.trending ? 1 : 0),
  };
}

function summaryOf({ totals, issues, ...rest }: Growing): Summary {
  const all = [...issues.values()].toSorted((a, b) => b.events - a.events);
  // In one window they were counted; of several nobody counted them.
  const distinct = ({ project, issues: counted, windows }: GrowingTotal): number | null =>
    counted === null || windows === 1 ? counted : all.filter((issue) => issue.project === project).length;
  return {
    ...rest,
    totals: [...totals.values()].map((total) => {
      const { project, events, users } = total;
      return { project, events, issues: distinct(total), users };
    }),
    issues: all,
  };
}

/** Also of several filters. */
export function allOf(parts: readonly (FoundSink | SummarySink)[]): SummarySink {
  return {
    statuses: new Set(parts.flatMap((it) => ('status' in it ? [it.status] : [...it.statuses]))),
    accepted: parts.reduce((sum, { accepted }) => sum + accepted, 0),
    shown: parts.reduce((sum, { shown }) => sum + shown, 0),
  };
}
