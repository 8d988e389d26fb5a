import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Filter } from '../../core/model/filter.ts';
import { type Gap, GAP_PARTS, GAP_REASONS } from '../../core/model/gap.ts';
import { tagsOf } from '../../core/model/make-report.ts';
import { ISSUE_STATES, type Report, type ReportIssue, type ReportView } from '../../core/model/report.ts';
import type { ReportSeen } from '../../core/ports/read-model.ts';
import type { Columns } from '../database/engine.ts';
import type { ReportRow } from '../database/tables.ts';
import { compiled, parse, textOf } from './codec.ts';

/** So many issues of a report are kept, by rank. */
const ISSUES_KEPT = 25;

/** What is said of a report; when it was read and recorded is added. */
type NewReport = Omit<ReportRow, 'recorded_at' | 'read_at'>;

export const REPORT: Columns<NewReport> = {
  report_id: 'text',
  revision: 'integer',
  filter: 'text',
  window_start: 'bigint',
  window_end: 'bigint',
  org: 'text',
  source: 'text',
  complete: 'integer',
  unattributed: 'bigint',
  url: 'text',
  gaps: 'text',
  warnings: 'text',
  totals: 'text',
  issues: 'text',
  definition: 'text',
  splits: 'text',
  held: 'bigint',
};
export const REPORT_COLUMNS = Object.keys(REPORT) as (keyof NewReport)[];

/** What another reading of the same report and revision says anew. */
export const OF_A_READING = [
  'recorded_at',
  'read_at',
  'source',
  'complete',
  'unattributed',
  'url',
  'gaps',
  'warnings',
  'totals',
  'issues',
  'definition',
  'splits',
  'held',
] as const;

export function rowOf({ filter, window, ...report }: Report): NewReport {
  const kept = report.issues.toSorted((a, b) => a.rank - b.rank).slice(0, ISSUES_KEPT);
  return {
    report_id: report.id,
    revision: report.revision,
    filter: filter.name,
    window_start: window.start,
    window_end: window.end,
    org: report.org,
    source: report.source,
    complete: Number(report.complete),
    unattributed: report.unattributed,
    url: report.url,
    gaps: textOf(report.gaps),
    warnings: textOf(report.warnings),
    totals: textOf(report.totals),
    issues: textOf(kept.map((issue) => ({ ...issue, top: filter.top }))),
    definition: definitionOf(filter),
    // Only totals are counted again.
    splits: report.revision > 0 ? null : textOf(tagsOf(report.splits)),
    held: report.held ?? null,
  };
}

/** The same for filters that count the same events. */
export function definitionOf(filter: Filter): string {
  const { projects, environments, levels, searchTerms, exclude, query = '', source } = filter;
  const lists = [projects, environments, levels, searchTerms, exclude].map((list) => list.toSorted());
  return createHash('sha256')
    .update(textOf([...lists, query, ...(source === undefined ? [] : [source])]))
    .digest('hex')
    .slice(0, 16);
}

const Totals = z.array(
  compiled(
    z.object({
      project: z.string(),
      projectId: z.string(),
      events: z.number(),
      users: z.number(),
      issues: z.nullable(z.number()),
    }),
  ),
);
const Gaps = z.array(
  z.object({
    part: z.enum(GAP_PARTS),
    reason: z.enum(GAP_REASONS),
    project: z.optional(z.string()),
    detail: z.optional(z.string()),
  }),
);
const Details = z.object({
  issueId: z.string(),
  shortId: z.nullable(z.string()),
  title: z.string(),
  culprit: z.nullable(z.string()),
  level: z.nullable(z.string()),
  url: z.nullable(z.string()),
  // Rows that an older version wrote have none.
  status: z._default(z.nullable(z.string()), null),
  substatus: z.nullable(z.string()),
  firstSeen: z.nullable(z.number()),
  assignee: z.nullable(z.string()),
});
const Issues = z.array(
  compiled(
    z.object({
      issueId: z.string(),
      project: z.string(),
      url: z.string(),
      events: z.number(),
      users: z.number(),
      rank: z.number(),
      state: z.enum(ISSUE_STATES),
      expected: z.nullable(z.number()),
      score: z.nullable(z.number()),
      trend: z.nullable(z.number()),
      trending: z.boolean(),
      details: z.nullable(compiled(Details)),
      top: z.number(),
    }),
  ),
);
const Warnings = z.array(z.string());
const Tags = z.array(z.object({ tags: z.record(z.string(), z.string()), events: z.number() }));

export function totalsIn(text: string): Report['totals'] {
  return parse(Totals, text, 'totals');
}

export function gapsIn(text: string): readonly Gap[] {
  return listIn(Gaps, text, 'gaps');
}

/** Most lists are empty. */
function listIn<T>(shape: z.ZodMiniType<T[]>, text: string, what: string): readonly T[] {
  return text === '[]' ? [] : parse(shape, text, what);
}

/**
 * A report as it was counted last, with all its issues that were kept: those of the first count, because only totals
 * are counted again. `rows`: by revision, not empty.
 */
export function reportIn(rows: readonly ReportRow[]): ReportSeen {
  const [first, last] = [rows[0]!, rows.at(-1)!];
  const issues = issuesIn(first.issues).map(({ top: _top, ...issue }) => issue);
  return { ...headIn(last), tags: tagsIn(first.splits), filter: last.filter, issues };
}

export function viewIn(row: ReportRow): ReportView {
  return { ...headIn(row), listed: listedIn(row.issues) };
}

function headIn(row: ReportRow): Omit<ReportView, 'listed'> {
  return {
    id: row.report_id,
    revision: row.revision,
    org: row.org,
    window: { start: row.window_start, end: row.window_end },
    source: row.source,
    complete: row.complete === 1,
    gaps: gapsIn(row.gaps),
    warnings: listIn(Warnings, row.warnings, 'warnings'),
    totals: totalsIn(row.totals),
    unattributed: row.unattributed,
    url: row.url,
    tags: tagsIn(row.splits),
  };
}

function tagsIn(text: string | null): ReportView['tags'] {
  return text === null ? null : listIn(Tags, text, 'tags');
}

function issuesIn(text: string | null): z.infer<typeof Issues> {
  return text === null ? [] : parse(Issues, text, 'issues');
}

function listedIn(text: string | null): readonly ReportIssue[] {
  const issues = issuesIn(text);
  return issues
    .filter(({ trending }) => trending)
    .slice(0, issues[0]?.top)
    .map(({ top: _top, ...issue }) => issue);
}
