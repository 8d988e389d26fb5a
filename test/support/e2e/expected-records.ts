import type { AnodotSample, SandboxEvent, Truth, World } from '../../../sandbox/index.ts';
import type { Json } from './json.ts';
import type { FilterSpec } from './service.ts';

/** Five minutes, epoch milliseconds. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export interface Question {
  readonly filter: FilterSpec;
  readonly span: Span;
  /** The meaning of the filter's raw query. */
  readonly where?: (event: SandboxEvent) => boolean;
  /** Address of the sandbox's Sentry, for links. */
  readonly web: string;
  readonly org?: string;
  /** Address of an issue's page, where it is not Sentry's. */
  readonly pageOf?: (issueId: string) => string;
}

type Wire = Record<string, Json>;

/** Everything that one filter's window must come to, from the sandbox's own count of its events. */
export interface Expected {
  readonly id: string;
  readonly truth: Truth;
  readonly events: readonly Wire[];
  readonly metrics: readonly Wire[];
  readonly samples: readonly AnodotSample[];
  /** Of the answer: numbers and the issues listed. */
  readonly totals: readonly Wire[];
  readonly trending: readonly Wire[];
}

export function expectedOf(world: World, question: Question): Expected {
  const { filter, span, where } = question;
  const truth = world.truth({
    ...span,
    projects: filter.projects,
    environments: filter.environments ?? [],
    levels: filter.levels ?? [],
    terms: filter.searchTerms ?? [],
    exclude: filter.exclude ?? [],
    tags: filter.tags ?? [],
    ...(where === undefined ? {} : { where }),
  });
  const id = `${filter.name}@${new Date(span.start).toISOString()}`;
  const first = earliest(world);
  const facts = ranked(truth.issues.map((row) => ({ ...row, ...factsOf(world, row.id, question, first) })));
  return {
    id,
    truth,
    events: eventsFor(world, question, truth, facts),
    metrics: truth.totals.flatMap(({ project, events, issues, users }) =>
      [
        ['sentry.events', events],
        ['sentry.issues', issues],
        ['sentry.users', users],
      ].map(([name, value]) => ({
        name,
        value,
        type: 'gauge',
        timestamp: span.start,
        'interval.ms': 300_000,
        attributes: {
          project,
          filter: filter.name,
          org: question.org ?? 'acme',
          ...(filter.team === undefined ? {} : { team: filter.team }),
        },
      })),
    ),
    samples: truth.totals.flatMap((total) => samplesFor(question, total)),
    totals: truth.totals.map(({ project, events, issues, users }) => ({ project, events, issues, users })),
    trending: facts
      .filter(({ trending }) => trending === 1)
      .slice(0, filter.top ?? 25)
      .map(({ id: issue, shortId, project, title, level, url, events, users, state, assignee }) => ({
        id: issue,
        shortId,
        project,
        title,
        level,
        url,
        events,
        users,
        state,
        assignee: assignee ?? null,
      })),
  };
}

function samplesFor({ filter, span }: Question, total: Truth['totals'][number]): AnodotSample[] {
  const { project, events, issues, users } = total;
  const counts = [
    ['sentry_events', 'counter', events],
    ['sentry_issues', 'gauge', issues],
    ['sentry_users', 'gauge', users],
  ] as const;
  return counts.map(([what, target, value]) => ({
    properties: { what, project, filter: filter.name, type: 'event_count', target_type: target },
    timestamp: span.start / 1000,
    value,
  }));
}

/** Without baselines only new issues with two events trend: they come first, all others keep their order. */
function ranked(issues: readonly Omit<Facts, 'rank' | 'trending'>[]): Facts[] {
  const judged = issues.map((issue, index) => ({
    ...issue,
    trending: Number(issue.state === 'new' && issue.events >= 2 && index < 100),
  }));
  const order = [
    ...judged.filter(({ trending }) => trending === 1),
    ...judged.filter(({ trending }) => trending === 0),
  ];
  return judged.map((issue) => ({ ...issue, rank: order.indexOf(issue) + 1 }));
}

type Facts = Truth['issues'][number] & {
  trending: number;
  rank: number;
  shortId: string;
  title: string;
  culprit: string | null;
  level: string;
  url: string;
  state: string;
  assignee: string | undefined;
  firstSeen: number;
  ownState: Wire;
};

function factsOf(
  world: World,
  id: string,
  { span, web, org = 'acme', pageOf }: Question,
  first: ReadonlyMap<string, number>,
): Omit<Facts, keyof Truth['issues'][number] | 'rank' | 'trending'> {
  const issue = world.issue(id);
  if (issue === undefined) throw new Error(`the sandbox has no issue ${id}`);
  const firstSeen = issue.firstSeen ?? first.get(id) ?? NaN;
  return {
    shortId: issue.shortId,
    title: issue.title,
    culprit: issue.culprit,
    level: issue.level,
    firstSeen,
    ownState: {
      status: issue.status,
      ...(world.flavour() === 'sentry' && { substatus: issue.substatus ?? undefined }),
    },
    state: firstSeen >= span.start && firstSeen < span.end ? 'new' : 'ongoing',
    url: pageOf === undefined ? `${web}/organizations/${org}/issues/${id}/` : pageOf(id),
    assignee: issue.assignedTo?.name,
  };
}

/** First event that has arrived, by issue id. */
function earliest(world: World): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const { issueId, at } of world.events(0, world.clock.now() + 1)) {
    if (issueId !== null) known.set(issueId, Math.min(at, known.get(issueId) ?? Infinity));
  }
  return known;
}

function eventsFor(world: World, question: Question, truth: Truth, issues: readonly Facts[]): Wire[] {
  const { filter, span, org = 'acme' } = question;
  const common = {
    eventType: 'SentryMonitoring',
    filter: filter.name,
    org,
    revision: 0,
    windowStart: span.start,
    windowEnd: span.end,
    timestamp: span.start,
    reportId: `${filter.name}@${new Date(span.start).toISOString()}`,
    ...(filter.team === undefined ? {} : { team: filter.team }),
    ...Object.fromEntries(Object.entries(filter.labels ?? {}).map(([key, text]) => [`label.${key}`, text])),
  };
  const { total } = truth;
  const one = filter.projects.length === 1 ? { users: total.users } : {};
  const byId = new Map(issues.map((issue) => [issue.id, issue]));
  return [
    {
      ...common,
      type: 'filter_count',
      value: total.events,
      issues: total.issues,
      unattributed: 0,
      complete: 1,
      ...one,
    },
    ...truth.totals.map((row) => ({
      ...common,
      type: 'event_count',
      project: row.project,
      projectId: idOf(world, row.project),
      value: row.events,
      issues: row.issues,
      users: row.users,
      complete: 1,
    })),
    ...issues.map((issue) => ({
      ...common,
      type: 'sentry_issue',
      project: issue.project,
      sentryIssueId: issue.id,
      sentryUrl: issue.url,
      message: cut(issue.title),
      count: issue.events,
      users: issue.users,
      rank: issue.rank,
      trending: issue.trending,
      state: issue.state,
      shortId: issue.shortId,
      level: issue.level,
      firstSeen: issue.firstSeen,
      ...issue.ownState,
      ...(issue.culprit === null ? {} : { culprit: issue.culprit }),
      ...(issue.assignee === undefined ? {} : { assignee: issue.assignee }),
    })),
    ...truth.splits.map((split) => ({
      ...common,
      type: 'sentry_issue_tag',
      project: byId.get(split.issueId)?.project,
      sentryIssueId: split.issueId,
      sentryUrl: byId.get(split.issueId)?.url,
      message: cut(byId.get(split.issueId)?.title ?? ''),
      count: split.events,
      ...Object.fromEntries(
        Object.entries(split.tags)
          .filter(([, text]) => text !== '')
          .map(([tag, text]) => [tag.replaceAll('-', '_'), text]),
      ),
    })),
  ];
}

function idOf(world: World, slug: string): string | undefined {
  return world.projects().find((project) => project.slug === slug)?.id;
}

/** New Relic loses the whole event above 4,096 characters. */
function cut(text: string): string {
  return text.length > 4096 ? `${text.slice(0, 4095)}…` : text;
}
