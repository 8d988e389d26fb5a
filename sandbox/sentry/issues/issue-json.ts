import type { State } from '../../world/state.ts';
import type { Issue } from '../../types.ts';
import { microsText } from '../instants.ts';
import type { IssueStats } from './issue-stats.ts';

/** What an answer says about an issue. `filtered` null: the search has no condition on events. */
export type IssueView = {
  readonly issue: Issue;
  readonly window: IssueStats;
  readonly filtered: IssueStats | null;
  readonly lifetime: IssueStats;
};

/** How an age of Sentry shows its issues. */
export type IssueForm = {
  /** Of `groupStatsPeriod`. */
  readonly periods: readonly string[];
  readonly badPeriod: string;
  json(state: State, base: string, view: IssueView, wish: IssueWish): Record<string, unknown>;
};

/** What a request says of how issues are to be shown. */
export type IssueWish = {
  /** Blocks that are left out. */
  readonly collapse: ReadonlySet<string>;
  /** `groupStatsPeriod`; '' for none. */
  readonly period: string;
};

export const NEWEST_ISSUES: IssueForm = {
  periods: ['', '24h', '14d', 'auto'],
  badPeriod: "Invalid stats_period. Valid choices are '', '24h', '14d' and 'auto'",
  json: issueJson,
};

/** Counts are strings. */
export function issueJson(
  state: State,
  base: string,
  view: IssueView,
  { collapse, period }: IssueWish,
): Record<string, unknown> {
  const { issue } = view;
  const whole = {
    ...lastingFields(state, base, issue),
    issueType: issue.type,
    issueCategory: issue.category,
    substatus: issue.substatus,
    priority: issue.priority,
    priorityLockedAt: null,
    isUnhandled: issue.isUnhandled,
    ...statsJson(view.window),
    ...(collapse.has('stats') ? {} : blocks(view, period)),
  };
  return collapsed(whole, collapse);
}

function blocks(view: IssueView, period: string): Record<string, unknown> {
  return {
    ...(period === '' ? {} : { stats: { [period]: [] } }),
    filtered: view.filtered === null ? null : statsJson(view.filtered),
    lifetime: statsJson(view.lifetime),
  };
}

function collapsed(whole: Record<string, unknown>, collapse: ReadonlySet<string>): Record<string, unknown> {
  if (collapse.has('lifetime')) delete whole['lifetime'];
  if (collapse.has('filtered')) delete whole['filtered'];
  if (collapse.has('unhandled')) delete whole['isUnhandled'];
  if (!collapse.has('base')) return whole;
  const kept = ['id', 'count', 'userCount', 'firstSeen', 'lastSeen', 'stats', 'filtered', 'lifetime', 'isUnhandled'];
  return Object.fromEntries(Object.entries(whole).filter(([key]) => kept.includes(key)));
}

/** What every age of Sentry says of an issue. */
export function lastingFields(state: State, base: string, issue: Issue): Record<string, unknown> {
  const project = state.projects.byId(issue.projectId);
  return {
    shareId: null,
    logger: null,
    statusDetails: {},
    annotations: [],
    numComments: 0,
    isBookmarked: false,
    isSubscribed: false,
    subscriptionDetails: null,
    hasSeen: false,
    isPublic: false,
    userReportCount: 0,
    id: issue.id,
    shortId: issue.shortId,
    title: issue.title,
    culprit: issue.culprit,
    permalink: permalinkOf(state, base, issue),
    level: issue.level,
    type: issue.type,
    status: issue.status,
    platform: issue.platform,
    metadata: { ...issue.metadata },
    project: {
      id: issue.projectId,
      name: project?.name ?? '',
      slug: project?.slug ?? '',
      platform: project?.platform ?? null,
    },
    assignedTo: issue.assignedTo,
  };
}

function permalinkOf(state: State, base: string, issue: Issue): string | null {
  if (issue.permalink !== undefined) return issue.permalink;
  return `${base}/organizations/${state.keys.sentryOrg}/issues/${issue.id}/`;
}

export function statsJson(stats: IssueStats): Record<string, unknown> {
  return {
    count: String(stats.count),
    userCount: stats.users,
    firstSeen: microsText(stats.first),
    lastSeen: microsText(stats.last),
  };
}
