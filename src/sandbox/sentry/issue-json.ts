import type { State } from '../state.ts';
import type { Issue } from '../types.ts';
import type { IssueStats } from './issue-stats.ts';

/** What an answer says about an issue. `filtered` null: the search has no condition on events (SA §5.2). */
export type IssueView = {
  readonly issue: Issue;
  readonly window: IssueStats;
  readonly filtered: IssueStats | null;
  readonly lifetime: IssueStats;
};

/** The fields of SA §5.3; counts are strings. */
export function issueJson(state: State, base: string, view: IssueView, collapse: ReadonlySet<string>, period: string): Record<string, unknown> {
  const { issue } = view;
  const project = state.projects.byId(issue.projectId);
  const whole = {
    ...fixedFields(),
    id: issue.id, shortId: issue.shortId, title: issue.title, culprit: issue.culprit,
    permalink: permalinkOf(state, base, issue),
    level: issue.level, type: issue.type, issueType: issue.type, issueCategory: issue.category,
    status: issue.status, substatus: issue.substatus, priority: issue.priority, isUnhandled: issue.isUnhandled,
    platform: issue.platform, metadata: { ...issue.metadata },
    project: { id: issue.projectId, name: project?.name ?? '', slug: project?.slug ?? '', platform: project?.platform ?? null },
    assignedTo: issue.assignedTo,
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

function fixedFields(): Record<string, unknown> {
  return {
    shareId: null, logger: null, statusDetails: {}, priorityLockedAt: null, annotations: [], numComments: 0,
    isBookmarked: false, isSubscribed: false, subscriptionDetails: null, hasSeen: false, isPublic: false,
    userReportCount: 0,
  };
}

function permalinkOf(state: State, base: string, issue: Issue): string | null {
  if (issue.permalink !== undefined) return issue.permalink;
  return `${base}/organizations/${state.keys.sentryOrg}/issues/${issue.id}/`;
}

function statsJson(stats: IssueStats): Record<string, unknown> {
  return {
    count: String(stats.count), userCount: stats.users,
    firstSeen: instantText(stats.first), lastSeen: instantText(stats.last),
  };
}

/** Two of the date forms Sentry mixes (SA §13.11): microseconds when the instant has a fraction. */
function instantText(instant: number | null): string | null {
  if (instant === null) return null;
  const text = new Date(instant).toISOString();
  return instant % 1000 === 0 ? `${text.slice(0, 19)}Z` : `${text.slice(0, 23)}000Z`;
}
