import type { Filter } from '../../../core/model/filter.ts';
import type { Item } from '../../../core/model/item.ts';
import type { Split } from '../../../core/model/reading.ts';
import type { Report, ReportIssue } from '../../../core/model/report.ts';
import type { RecordsInput } from './types.ts';

/** An id, count or score as long as they usually get. */
const ISSUE_ID = 6_500_000_000;
const COUNT = 123;
const START = Date.UTC(2026, 0, 1);

/** What a sink would be sent of a filter in one window, made of texts of the assumed length: exact in number, near in size. */
export function recordsOf(
  filter: Filter,
  issues: number,
  splits: number,
  { cost, assumptions, sinks }: RecordsInput,
): ReadonlyMap<string, readonly Item[]> {
  const report = reportOf(filter, issues, splits, cost.org, assumptions.title);
  return new Map(
    sinks.filter(({ name }) => filter.sinks?.includes(name) ?? true).map((sink) => [sink.name, sink.encode(report)]),
  );
}

/** UTF-8 bytes of the JSON. */
export function bytesOf(items: readonly Item[]): number {
  return items.reduce((sum, { body }) => sum + new TextEncoder().encode(JSON.stringify(body)).length + 1, 0);
}

function reportOf(filter: Filter, issues: number, splits: number, org: string, title: number): Report {
  const { projects } = filter;
  const rows = Array.from({ length: issues }, (_, n) => issueOf(n, projects[n % projects.length]!, org, title));
  const start = new Date(START).toISOString();
  return {
    id: `${filter.name}@${start}`,
    revision: 0,
    filter,
    org,
    window: { start: START, end: START + 300_000 },
    source: 'sentry',
    complete: true,
    gaps: [],
    warnings: [],
    totals: projects.map((project) => ({
      project,
      projectId: String(ISSUE_ID),
      events: COUNT,
      users: COUNT,
      issues: rows.filter((row) => row.project === project).length,
    })),
    issues: rows,
    splits: issues === 0 ? [] : Array.from({ length: splits }, (_, n) => splitOf(filter, rows[n % issues]!)),
    unattributed: 0,
    url: null,
  };
}

function issueOf(n: number, project: string, org: string, title: number): ReportIssue {
  const issueId = String(ISSUE_ID + n);
  const url = `https://${org}.sentry.io/issues/${issueId}/`;
  return {
    issueId,
    project,
    url,
    events: COUNT,
    users: COUNT,
    rank: n + 1,
    state: 'ongoing',
    expected: COUNT,
    score: 0.5,
    trend: 1.25,
    trending: false,
    details: {
      issueId,
      shortId: `${project.toUpperCase()}-1A2`,
      title: 'x'.repeat(title),
      culprit: 'app/views/checkout in submit',
      level: 'error',
      url,
      substatus: 'ongoing',
      firstSeen: START,
      assignee: null,
    },
  };
}

function splitOf({ tags }: Filter, { issueId, project }: ReportIssue): Split {
  return { issueId, project, tags: Object.fromEntries(tags.map((tag) => [tag, 'value-1.2.34'])), events: COUNT };
}
