import type { Gap } from '../../../../core/model/gap.ts';
import type { Ask, Baseline, BaselineName, Details, Reading, Total } from '../../../../core/model/reading.ts';
import type { Client } from '../api/client.ts';
import type { Project } from '../api/projects.ts';
import type { ProjectEnd } from './project.ts';
import { type CountedIssue, type CountedProject, cutGaps, splitsOf } from '../../../../core/model/counting/rows.ts';
import type { PeopleLinks } from './people-links.ts';
import { notShown } from './shown-fields.ts';
import { NO_SPANS } from '../spans/table.ts';
import { spansOfPages } from '../spans/pages.ts';
import type { Tally } from '../../../../core/model/counting/tally.ts';

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
  /** The past that trends would be judged by, and that no such server can count. */
  readonly baselines: readonly BaselineName[];
}

/** For counting. */
export function countedProject({ project: { slug }, tally }: ProjectCount): CountedProject {
  return { slug, tally };
}

const NO_PAST: readonly Baseline[] = [];

/** What the projects of a filter came to. */
export interface Findings {
  readonly ask: Ask;
  readonly parts: readonly ProjectCount[];
  readonly issues: readonly CountedIssue[];
  readonly details: { readonly details: ReadonlyMap<string, Details>; readonly gaps: readonly Gap[] };
  /** Projects that cannot be read, and environments that nobody knows. */
  readonly missing: readonly Gap[];
  readonly links: PeopleLinks;
  readonly warnings: readonly string[];
  /** False: nobody knows any of its environments, so there is no count, not even of zero. */
  readonly isCounted: boolean;
}

/** A project of which no page was read has no total. */
export function readingOf(found: Findings, options: ReadingOptions): Reading {
  const { ask, parts, missing } = found;
  const totals = parts
    .filter(({ end }) => found.isCounted && end.pages > 0)
    .map(({ project, tally }): Total => ({
      project: project.slug,
      projectId: project.id,
      events: tally.events,
      users: tally.users.size,
    }));
  const isFull = ask.want === 'full';
  const rest = isFull ? restOf(found, totals, options) : NO_REST;
  const users = found.isCounted ? parts.map(({ tally }) => tally.users) : null;
  const { spans, warnings } = isFull ? spansOfPages(ask, users) : NO_SPANS;
  return {
    source: options.client.name,
    org: options.client.org,
    totals,
    ...rest,
    baselines: NO_PAST,
    ...(spans.length === 0 ? {} : { spans }),
    gaps: [...missing, ...parts.flatMap(({ end }) => end.gaps), ...parts.flatMap(levelGaps), ...rest.gaps],
    warnings: [...found.warnings, ...fieldWarnings(ask.filter.tags), ...warnings],
    url: linkOf(found),
  };
}

/** All that is not the totals. */
type Rest = Pick<Reading, 'issues' | 'splits' | 'details' | 'unattributed' | 'gaps'>;

const NO_REST: Rest = { issues: [], splits: [], details: new Map(), unattributed: 0, gaps: [] };

function restOf({ parts, issues, details }: Findings, totals: readonly Total[], options: ReadingOptions): Rest {
  const { maxRows } = options;
  const splits = splitsOf(parts.map(countedProject));
  const kept = issues.slice(0, maxRows);
  return {
    issues: kept.map(({ tally: _tally, ...row }) => row),
    splits: splits.slice(0, maxRows),
    details: details.details,
    unattributed: sum(totals) - sum(kept),
    gaps: [
      ...cutGaps('issues', issues.length, maxRows),
      ...cutGaps('splits', splits.length, maxRows),
      ...details.gaps,
      ...pastGaps(options, issues),
      ...withoutIssue(sum(totals) - sum(issues)),
    ],
  };
}

function withoutIssue(events: number): readonly Gap[] {
  return events > 0 ? [{ part: 'issues', reason: 'rows_differ', detail: `${events} events belong to no issue` }] : [];
}

function linkOf({ ask, parts, links }: Findings): string | null {
  if (parts.length === 0) return null;
  const ids = parts.map(({ project }) => project.id);
  return links.list(ids, ask.filter.environments);
}

function fieldWarnings(tags: readonly string[]): readonly string[] {
  const names = notShown(tags);
  const hint = 'this server does not show them of events, so records have no value for them; leave them out of tags';
  return names.length === 0 ? [] : [`${names.join(', ')}: ${hint}`];
}

function levelGaps({ project: { slug }, tally: { unlevelled } }: ProjectCount): readonly Gap[] {
  if (unlevelled === 0) return [];
  return [
    {
      part: 'totals',
      reason: 'not_known',
      project: slug,
      detail:
        `${unlevelled} events tell no level, nor did their issues, so levels cannot choose among them; ` +
        'leave levels out of the filter',
    },
  ];
}

function pastGaps({ client, baselines }: ReadingOptions, issues: readonly unknown[]): readonly Gap[] {
  if (baselines.length === 0 || issues.length === 0) return [];
  return [
    {
      part: 'baselines',
      reason: 'not_supported',
      detail:
        `${baselines.join(', ')}: ${client.name} reads events one by one and cannot count the past, ` +
        'so only new issues trend; TREND_BASELINES=off hides this',
    },
  ];
}

function sum(counts: readonly { readonly events: number }[]): number {
  return counts.reduce((all, { events }) => all + events, 0);
}
