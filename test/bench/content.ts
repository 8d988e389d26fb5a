import { isDeepStrictEqual } from 'node:util';
import type { Arrived, MassInput, Tally } from '../../sandbox/index.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

export const WINDOW_MS = 300_000;

/** So many events of an issue in each window. */
export interface IssueSpec {
  readonly project: string;
  readonly issue: number;
  readonly title: string;
  readonly events: number;
  readonly users: number;
  readonly firstUser: number;
}

/** What Sentry holds, and which of it each filter means: by construction, not by search. */
export interface Content {
  readonly projects: readonly string[];
  readonly issues: readonly IssueSpec[];
  readonly filters: readonly { readonly spec: FilterSpec; readonly means: (issue: IssueSpec) => boolean }[];
}

/** One mass per issue over `windows` windows from `start`; each window holds the same. */
export function masses({ issues }: Content, start: number, windows: number): readonly MassInput[] {
  return issues.map(({ project, issue, title, events, users, firstUser }) => ({
    start,
    end: start + windows * WINDOW_MS,
    project,
    issue,
    title,
    level: 'error',
    count: events * windows,
    users,
    firstUser,
  }));
}

/** Cut into so many whole parts, large and small, that add up to `total`; each at least 1. */
export function parts(total: number, count: number): readonly number[] {
  const weights = Array.from({ length: count }, (_, n) => 1 / (n + 1));
  const sum = weights.reduce((all, it) => all + it, 0);
  const rest = weights.map((weight) => 1 + Math.floor(((total - count) * weight) / sum));
  rest[0]! += total - rest.reduce((all, it) => all + it, 0);
  return rest;
}

/** Adds users of their own to issues: half as many as events, at least one, so that sums of users are exact. */
export function withUsers(issues: readonly Omit<IssueSpec, 'users' | 'firstUser'>[]): readonly IssueSpec[] {
  let next = 0;
  return issues.map((issue) => {
    const users = Math.ceil(issue.events / 2);
    next += users;
    return { ...issue, users, firstUser: next - users };
  });
}

type Line = Omit<Arrived, 'lastAt'>;

/** Every record that must have arrived of a filter's window, in sums. */
export function expectedOf({ issues, filters }: Content, filter: string, start: number): readonly Line[] {
  const { spec, means } = filters.find((it) => it.spec.name === filter)!;
  const meant = issues.filter((issue) => spec.projects.includes(issue.project) && means(issue));
  const sum = (of: readonly IssueSpec[], key: 'events' | 'users'): number => of.reduce((all, it) => all + it[key], 0);
  const line = (sink: Line['sink'], what: string, facts: Pick<Line, 'project' | 'records' | 'value'>): Line => ({
    sink,
    what,
    filter,
    timestamp: start,
    count: 0,
    ...facts,
  });
  return [
    line('newrelic', 'filter_count', { project: '', records: 1, value: sum(meant, 'events') }),
    ...spec.projects.flatMap((project) => {
      const own = meant.filter((it) => it.project === project);
      const [events, users] = [sum(own, 'events'), sum(own, 'users')];
      const gauges = [
        ['events', events],
        ['issues', own.length],
        ['users', users],
      ] as const;
      return [
        line('newrelic', 'event_count', { project, records: 1, value: events }),
        ...(own.length === 0
          ? []
          : [{ ...line('newrelic', 'sentry_issue', { project, records: own.length, value: 0 }), count: events }]),
        ...gauges.map(([name, value]) => line('newrelic', `sentry.${name}`, { project, records: 1, value })),
        ...gauges.map(([name, value]) => line('anodot', `sentry_${name}`, { project, records: 1, value })),
      ];
    }),
  ];
}

/** Throws unless exactly this arrived of these windows. Records of issues may be missing where `leftOut` says so. */
export function assertArrived(
  content: Content,
  { arrived, dropped, refused }: Tally,
  starts: readonly number[],
  leftOut: (filter: string) => boolean = () => false,
): number {
  if (dropped + refused > 0) throw new Error(`${dropped} records dropped, ${refused} refused`);
  const isKept = ({ what, filter }: Line): boolean => !(leftOut(filter) && /issue/.test(what));
  const key = ({ sink, what, filter, project, timestamp }: Line): string =>
    JSON.stringify([sink, what, filter, project, timestamp]);
  const ordered = (lines: readonly Line[]): readonly Line[] =>
    lines.filter(isKept).toSorted((a, b) => (key(a) < key(b) ? -1 : 1));
  const expected = ordered(
    starts.flatMap((start) => content.filters.flatMap(({ spec }) => expectedOf(content, spec.name, start))),
  );
  const actual = ordered(
    arrived.filter(({ what }) => what !== 'SentryMonitorRun').map(({ lastAt: _, ...line }) => line),
  );
  if (!isDeepStrictEqual(actual, expected)) {
    const odd = actual.find((line, n) => !isDeepStrictEqual(line, expected[n])) ?? expected[actual.length];
    throw new Error(
      `what arrived is not what was put in (${actual.length} sums for ${expected.length}), first at ${JSON.stringify(odd)}, expected ${JSON.stringify(expected.find((line) => key(line) === key(odd!)))}`,
    );
  }
  return actual.reduce((all, { records }) => all + records, 0);
}
