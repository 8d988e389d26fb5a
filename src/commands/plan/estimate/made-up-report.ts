import type { Filter } from '../../../core/model/filter.ts';
import type { Split } from '../../../core/model/reading.ts';
import type { Report, ReportIssue } from '../../../core/model/report.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import type { FilterLoad, SourceCost } from '../../../core/ports/source-cost.ts';

type RowsOf = Pick<SourceCost, 'org' | 'maxRows' | 'of'>;

/** An id, count or score as long as they usually get. */
const ISSUE_ID = 6_500_000_000;
const COUNT = 123;
const START = Date.UTC(2026, 0, 1);

/**
 * What a run would find in one window, made of texts of the assumed length: exact in number, near in size. `title`:
 * characters.
 */
export function madeUpReport({ filter, issues, splits }: FilterLoad, source: RowsOf, title: number): Report {
  const { projects } = filter;
  const { org, maxRows } = source.of?.(filter) ?? source;
  const rows = Array.from({ length: Math.min(issues, maxRows) }, (_, n) =>
    issueOf(n, projects[n % projects.length]!, org, title),
  );
  const shown = rows.length === 0 ? 0 : Math.min(splits, maxRows);
  const start = new Date(START).toISOString();
  return {
    id: `${filter.name}@${start}`,
    revision: 0,
    filter,
    org,
    window: { start: START, end: START + PERIOD_MS },
    source: 'source',
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
    splits: Array.from({ length: shown }, (_, n) => splitOf(filter, rows[n % rows.length]!)),
    unattributed: 0,
    url: null,
  };
}

function issueOf(n: number, project: string, org: string, title: number): ReportIssue {
  const issueId = String(ISSUE_ID + n);
  const url = `https://${org}.host.test/issues/${issueId}/`;
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
      status: 'unresolved',
      substatus: 'ongoing',
      firstSeen: START,
      assignee: null,
    },
  };
}

function splitOf({ tags }: Filter, { issueId, project }: ReportIssue): Split {
  return { issueId, project, tags: Object.fromEntries(tags.map((tag) => [tag, 'value-1.2.34'])), events: COUNT };
}
