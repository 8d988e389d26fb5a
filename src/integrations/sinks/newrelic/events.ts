import type { Item, JsonObject } from '../../../core/model/item.ts';
import { reasonFor } from '../../../core/model/make-report.ts';
import type { Split } from '../../../core/model/reading.ts';
import type { Report, ReportIssue } from '../../../core/model/report.ts';
import { rounded } from '../../../core/model/trends.ts';
import { attribute, value } from './text.ts';

type Attributes = Record<string, string | number | null | undefined>;

/**
 * Names that the records below carry, and those that New Relic keeps for itself: no tag may hide them. NOTE:
 * `status` and `substatus` came later and are not among them: filters count by tags of these names, and the records of
 * tags do not carry ours.
 */
export const RESERVED: ReadonlySet<string> = new Set([
  'eventType',
  'timestamp',
  'accountId',
  'appId',
  'entity.guid',
  'entity.name',
  'entity.type',
  'log',
  'hostname',
  'plugin.type',
  'fb.input',
  'type',
  'filter',
  'team',
  'org',
  'revision',
  'windowStart',
  'windowEnd',
  'reportId',
  'project',
  'projectId',
  'value',
  'issues',
  'users',
  'unattributed',
  'complete',
  'reason',
  'sentryIssueId',
  'shortId',
  'sentryUrl',
  'message',
  'culprit',
  'level',
  'count',
  'state',
  'expected',
  'trend',
  'score',
  'trending',
  'rank',
  'assignee',
  'firstSeen',
]);

/** Event type of the records; the name is the 2017 program's, dashboards rely on it. */
const EVENT_TYPE = 'SentryMonitoring';

/** All records of a report for the Event API. Timestamps are the window's start. */
export function eventItems(report: Report): readonly Item[] {
  return [
    filterCount(report),
    ...report.filter.projects.map((project) => eventCount(report, project)),
    ...report.issues.map((issue) => issueItem(report, issue)),
    ...splitItems(report),
  ];
}

/**
 * The higher counts of a report: the same identities and a higher revision, so that `max` by window reads the right
 * one. What only the first count knows (issues, unattributed) is left out. Gauges stay as they are, because nobody
 * documents which of two points of one time `latest` gives.
 */
export function correctionItems(told: Pick<Report, 'totals'>, report: Report): readonly Item[] {
  const grown = report.totals.filter(
    ({ project, events }) => !told.totals.some((it) => it.project === project && it.events >= events),
  );
  if (grown.length === 0) return [];
  const totals = report.totals.map((total) => ({ ...total, issues: null }));
  const counted = { ...report, totals, gaps: report.gaps.filter(({ part }) => part === 'totals') };
  return [filterCount(counted), ...grown.map(({ project }) => eventCount(counted, project))];
}

/** Sum over the projects. Without any readable project there is no value: unknown is not zero. */
function filterCount(report: Report): Item {
  const { totals, issues, unattributed } = report;
  const rows = totals.some((it) => it.issues === null) ? {} : { issues: issues.length, unattributed };
  const counts = totals.length === 0 ? {} : { value: totals.reduce((sum, { events }) => sum + events, 0), ...rows };
  const users = report.filter.projects.length === 1 ? totals[0]?.users : undefined;
  return item(report, 'filter_count', [], { ...counts, users, ...completeness(report) });
}

/** A project that could not be read has a record without a value, so that its absence is seen. */
function eventCount(report: Report, project: string): Item {
  const total = report.totals.find((it) => it.project === project);
  return item(report, 'event_count', [project], {
    project,
    projectId: total?.projectId,
    value: total?.events,
    issues: total?.issues,
    users: total?.users,
    ...completeness(report, project),
  });
}

function completeness({ gaps }: Report, project?: string): Attributes {
  const reason = reasonFor(gaps, project);
  return { complete: reason === '' ? 1 : 0, reason };
}

function issueItem(report: Report, issue: ReportIssue): Item {
  const { details, project, issueId, events, users, state, rank, expected, score, trend, trending } = issue;
  return item(report, 'sentry_issue', [issueId], {
    project,
    ...identity(issue),
    shortId: details?.shortId,
    culprit: details?.culprit,
    level: details?.level,
    count: events,
    users,
    state,
    expected: rounded(expected),
    score: rounded(score),
    trend: rounded(trend),
    trending: trending ? 1 : 0,
    rank,
    assignee: details?.assignee,
    firstSeen: details?.firstSeen,
    status: details?.status,
    substatus: details?.substatus,
  });
}

/** Ids as text: New Relic truncates numbers above 64 bits, and nobody adds ids up. */
function identity({ issueId, details, url }: ReportIssue): Attributes {
  return { sentryIssueId: issueId, sentryUrl: details?.url ?? url, message: details?.title };
}

function splitItems(report: Report): readonly Item[] {
  const issues = new Map(report.issues.map((issue) => [issue.issueId, issue]));
  return report.splits.map((split) => {
    const issue = issues.get(split.issueId);
    const known = issue === undefined ? { sentryIssueId: split.issueId } : identity(issue);
    return item(report, 'sentry_issue_tag', [split.issueId, ...combination(report, split)], {
      ...tagValues(split),
      project: split.project,
      ...known,
      count: split.events,
    });
  });
}

/** In the order of the filter's tags, so that the key is the same on every server. */
function combination({ filter }: Report, { tags }: Split): readonly string[] {
  return filter.tags.map((tag) => tags[tag] ?? '');
}

function tagValues({ tags }: Split): Attributes {
  return Object.fromEntries(Object.entries(tags).map(([name, text]) => [attribute(name), text]));
}

/** NOTE: our own names come last, so that no label or tag can stand in their place. */
function item(report: Report, type: string, parts: readonly string[], own: Attributes): Item {
  const { filter, org, revision, window, id } = report;
  const labels: Attributes = Object.fromEntries(
    Object.entries(filter.labels).map(([key, text]) => [`label.${attribute(key)}`, text]),
  );
  const all: Attributes = {
    ...labels,
    ...own,
    eventType: EVENT_TYPE,
    type,
    filter: filter.name,
    team: filter.team,
    org,
    revision,
    windowStart: window.start,
    windowEnd: window.end,
    reportId: id,
    timestamp: window.start,
  };
  return { key: JSON.stringify([id, revision, type, ...parts]), body: bodyOf(all), lane: 'events' };
}

/** Nulls and empty texts are left out: New Relic stores no null. */
function bodyOf(attributes: Attributes): JsonObject {
  const kept = Object.entries(attributes).flatMap(([name, it]): [string, string | number][] => {
    if (it === null || it === undefined || it === '') return [];
    return [[name, typeof it === 'string' ? value(it) : it]];
  });
  return Object.fromEntries(kept);
}
