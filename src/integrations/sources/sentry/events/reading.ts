import type { Gap } from '../../../../core/model/gap.ts';
import type {
  Ask,
  Baseline,
  BaselineName,
  Details,
  IssueRow,
  Reading,
  Split,
  Total,
} from '../../../../core/model/reading.ts';
import type { Client } from '../api/client.ts';
import { compareIds } from '../api/ids.ts';
import { issueUrl, listUrl } from '../api/links.ts';
import type { Project } from '../api/projects.ts';
import type { ProjectEnd } from './project.ts';
import type { IssueTally, Tally } from './tally.ts';

/** One project of a filter, as far as it was read. */
export interface ProjectCount {
  readonly project: Project;
  readonly tally: Tally;
  readonly end: ProjectEnd;
}

export interface ReadingOptions {
  readonly client: Client;
  /** Rows of issues, and of splits, at most. */
  readonly maxRows: number;
  /** Base of the pages for people. */
  readonly web: string;
  /** The past that trends would be judged by, and that no such server can count. */
  readonly baselines: readonly BaselineName[];
}

/** An issue as the events tell it. */
export interface CountedIssue extends IssueRow {
  readonly tally: IssueTally;
}

const NO_PAST: readonly Baseline[] = [];

/** The issues of a filter, most events first. */
export function issuesOf(parts: readonly ProjectCount[], { client, web }: ReadingOptions): readonly CountedIssue[] {
  const issues = parts.flatMap(({ project, tally }) =>
    [...tally.issues].map(([issueId, issue]): CountedIssue => ({
      issueId,
      project: project.slug,
      url: issueUrl(web, client.org, issueId),
      events: issue.events,
      users: issue.users.size,
      tally: issue,
    })),
  );
  return issues.sort((a, b) => b.events - a.events || compareIds(a.issueId, b.issueId));
}

/** Puts together what the projects of a filter came to. A project of which no page was read has no total. */
export function readingOf(
  ask: Ask,
  parts: readonly ProjectCount[],
  issues: readonly CountedIssue[],
  details: { readonly details: ReadonlyMap<string, Details>; readonly gaps: readonly Gap[] },
  missing: readonly Gap[],
  options: ReadingOptions,
): Reading {
  const { client, maxRows, web } = options;
  const isFull = ask.want === 'full';
  const totals = parts
    .filter(({ end }) => end.pages > 0)
    .map(({ project, tally }): Total => ({
      project: project.slug,
      projectId: project.id,
      events: tally.events,
      users: tally.users.size,
    }));
  const splits = isFull ? splitsOf(parts) : [];
  const kept = isFull ? issues.slice(0, maxRows) : [];
  const cut = (part: 'issues' | 'splits', rows: number): Gap[] =>
    rows > maxRows ? [{ part, reason: 'row_limit', detail: `more than ${maxRows} rows (MAX_ROWS)` }] : [];
  const withoutIssue = sum(totals) - sum(issues);
  const gaps = [...missing, ...parts.flatMap(({ end }) => end.gaps), ...parts.flatMap(levelGaps)];
  if (isFull) {
    gaps.push(
      ...cut('issues', issues.length),
      ...cut('splits', splits.length),
      ...details.gaps,
      ...pastGaps(options, issues),
    );
    if (withoutIssue > 0)
      gaps.push({ part: 'issues', reason: 'rows_differ', detail: `${withoutIssue} events belong to no issue` });
  }
  return {
    source: client.name,
    org: client.org,
    totals,
    issues: kept.map(({ tally: _tally, ...row }) => row),
    splits: splits.slice(0, maxRows),
    details: details.details,
    baselines: NO_PAST,
    unattributed: isFull ? sum(totals) - sum(kept) : 0,
    gaps,
    warnings: [],
    url:
      parts.length === 0
        ? null
        : listUrl(
            web,
            client.org,
            parts.map(({ project }) => project.id),
            ask.filter.environments,
          ),
  };
}

function splitsOf(parts: readonly ProjectCount[]): readonly Split[] {
  const splits = parts.flatMap(({ project, tally }) =>
    [...tally.splits.values()].map((split) => ({ ...split, project: project.slug })),
  );
  return splits.sort((a, b) => b.events - a.events || compareIds(a.issueId, b.issueId));
}

function levelGaps({ project: { slug }, tally: { unlevelled } }: ProjectCount): readonly Gap[] {
  if (unlevelled === 0) return [];
  return [
    {
      part: 'totals',
      reason: 'not_known',
      project: slug,
      detail: `${unlevelled} events tell no level, so levels cannot choose among them; leave levels out of the filter`,
    },
  ];
}

function pastGaps({ client, baselines }: ReadingOptions, issues: readonly unknown[]): readonly Gap[] {
  if (baselines.length === 0 || issues.length === 0) return [];
  return [
    {
      part: 'baselines',
      reason: 'not_supported',
      detail: `${baselines.join(', ')}: ${client.name} reads events one by one and cannot count the past, so only new issues trend; TREND_BASELINES=off hides this`,
    },
  ];
}

function sum(counts: readonly { readonly events: number }[]): number {
  return counts.reduce((all, { events }) => all + events, 0);
}
