import { sql } from 'kysely';
import { z } from 'zod';
import { GAP_PARTS, GAP_REASONS } from '../../core/model/gap.ts';
import { ISSUE_STATES, type Report, type ReportIssue, type ReportView } from '../../core/model/report.ts';
import type { History, Point, RunBegun, RunDone } from '../../core/ports/history.ts';
import type { ReportSeen } from '../../core/ports/read-model.ts';
import type { Database } from '../database/database.ts';
import type { Columns, Engine } from '../database/engine.ts';
import type { ReportRow } from '../database/tables.ts';
import { named, NAMED, type Named } from './locked.ts';
import { definitionOf, parse, textOf } from './texts.ts';

/** So many issues of a report are kept, by rank. */
export const ISSUES_KEPT = 25;

export interface HistoryDeps {
  readonly server: string;
}

/** Reports and runs in tables. */
export function sqlHistory(database: Database, { server }: HistoryDeps): History {
  return {
    put: async (reports) => {
      if (reports.length > 0) await putReports(await database.ready(), reports);
    },
    get: async (ids) => (ids.length === 0 ? new Map() : get(await database.ready(), ids)),
    series: async (filter, from, to) => series(await database.ready(), filter, from, to),
    began: async (run) => began(await database.ready(), run, server),
    ended: async (run) => ended(await database.ready(), run),
  };
}

/**
 * NOTE: a report is read again for a sink for which nothing of the earlier reading was kept. The later one holds, but for what a sink was
 * told already: what came late since would never be told to it. In one order on all servers: two may keep the same reports at once, each for another sink.
 */
export async function putReports({ db, clock, given }: Engine, reports: readonly Report[]): Promise<void> {
  await db
    .with(
      (cte) => cte('said').materialized(),
      () => given(REPORT, reports.map(rowOf)),
    )
    .insertInto('sentry_monitor_reports')
    .columns([...REPORT_COLUMNS, 'recorded_at'])
    .expression((query) =>
      query
        .selectFrom('said')
        .select([...REPORT_COLUMNS, clock().as('recorded_at')])
        .where(sql<boolean>`true`)
        .orderBy('report_id')
        .orderBy('revision'),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['report_id', 'revision'])
        .doUpdateSet(({ ref }) => ({
          recorded_at: ref('excluded.recorded_at'),
          source: ref('excluded.source'),
          complete: ref('excluded.complete'),
          unattributed: ref('excluded.unattributed'),
          url: ref('excluded.url'),
          gaps: ref('excluded.gaps'),
          warnings: ref('excluded.warnings'),
          totals: ref('excluded.totals'),
          issues: ref('excluded.issues'),
          definition: ref('excluded.definition'),
        }))
        .where(({ not, exists, selectFrom }) =>
          not(
            exists(
              selectFrom('sentry_monitor_claims as told')
                .select('told.claim')
                .whereRef('told.filter', '=', 'sentry_monitor_reports.filter')
                .whereRef('told.window_start', '=', 'sentry_monitor_reports.window_start')
                .whereRef('told.report_id', '=', 'sentry_monitor_reports.report_id')
                .whereRef('told.revision', '=', 'sentry_monitor_reports.revision')
                .where('told.done', '=', 1),
            ),
          ),
        ),
    )
    .execute();
}

type Said = Omit<ReportRow, 'recorded_at'>;

const REPORT: Columns<Said> = {
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
};
const REPORT_COLUMNS = Object.keys(REPORT) as (keyof Said)[];

function rowOf({
  id,
  revision,
  filter,
  window,
  org,
  source,
  complete,
  unattributed,
  url,
  gaps,
  warnings,
  totals,
  issues,
}: Report): Said {
  const kept = issues.toSorted((a, b) => a.rank - b.rank).slice(0, ISSUES_KEPT);
  return {
    report_id: id,
    revision,
    filter: filter.name,
    window_start: window.start,
    window_end: window.end,
    org,
    source,
    complete: Number(complete),
    unattributed,
    url,
    gaps: textOf(gaps),
    warnings: textOf(warnings),
    totals: textOf(totals),
    issues: textOf(kept.map((issue) => ({ ...issue, top: filter.top }))),
    definition: definitionOf(filter),
  };
}

export const Totals = z.array(
  z.object({
    project: z.string(),
    projectId: z.string(),
    events: z.number(),
    users: z.number(),
    issues: z.number().nullable(),
  }),
);
export const Gaps = z.array(
  z.object({
    part: z.enum(GAP_PARTS),
    reason: z.enum(GAP_REASONS),
    project: z.string().optional(),
    detail: z.string().optional(),
  }),
);
const Details = z.object({
  issueId: z.string(),
  shortId: z.string().nullable(),
  title: z.string(),
  culprit: z.string().nullable(),
  level: z.string().nullable(),
  url: z.string().nullable(),
  substatus: z.string().nullable(),
  firstSeen: z.number().nullable(),
  assignee: z.string().nullable(),
});
const Issues = z.array(
  z.object({
    issueId: z.string(),
    project: z.string(),
    url: z.string(),
    events: z.number(),
    users: z.number(),
    rank: z.number(),
    state: z.enum(ISSUE_STATES),
    expected: z.number().nullable(),
    score: z.number().nullable(),
    trend: z.number().nullable(),
    trending: z.boolean(),
    details: Details.nullable(),
    top: z.number(),
  }),
);

async function get({ db, given }: Engine, ids: readonly string[]): Promise<ReadonlyMap<string, ReportView>> {
  const rows = await db
    .with(
      (cte) => cte('asked').materialized(),
      () => given<Named>(NAMED, named(ids)),
    )
    .selectFrom('sentry_monitor_reports')
    .selectAll()
    .where('report_id', 'in', (query) => query.selectFrom('asked').select('name'))
    .orderBy('revision')
    .execute();
  return new Map(rows.map((row) => [row.report_id, viewIn(row)]));
}

/** A report with all its issues that were kept. */
export function reportIn(row: ReportRow): ReportSeen {
  return { ...headIn(row), filter: row.filter, issues: issuesIn(row.issues).map(({ top: _top, ...issue }) => issue) };
}

function viewIn(row: ReportRow): ReportView {
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
    gaps: parse(Gaps, row.gaps, 'gaps'),
    warnings: parse(z.array(z.string()), row.warnings, 'warnings'),
    totals: parse(Totals, row.totals, 'totals'),
    unattributed: row.unattributed,
    url: row.url,
  };
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

async function series({ db }: Engine, filter: string, from: number, to: number): Promise<readonly Point[]> {
  const rows = await db
    .selectFrom('sentry_monitor_reports')
    .select(['window_start', 'window_end', 'revision', 'complete', 'totals', 'unattributed'])
    .where('filter', '=', filter)
    .where('window_start', '>=', from)
    .where('window_start', '<', to)
    .orderBy('window_start')
    .orderBy('revision')
    .execute();
  const latest = new Map(rows.map((row) => [row.window_start, row]));
  return [...latest.values()].map((row) => ({
    window: { start: row.window_start, end: row.window_end },
    revision: row.revision,
    complete: row.complete === 1,
    totals: parse(Totals, row.totals, 'totals'),
    unattributed: row.unattributed,
  }));
}

async function began({ db, clock }: Engine, { runId, window, reports }: RunBegun, server: string): Promise<void> {
  const run = {
    run_id: runId,
    server,
    window_start: window.start,
    started_at: clock(),
    ended_at: null,
    outcome: null,
    source_requests: null,
    sink_requests: null,
    reports,
  };
  await db
    .insertInto('sentry_monitor_runs')
    .values(run)
    .onConflict((conflict) => conflict.column('run_id').doNothing())
    .execute();
}

async function ended({ db, clock }: Engine, { runId, outcome, sourceRequests, sinkRequests }: RunDone): Promise<void> {
  await db
    .updateTable('sentry_monitor_runs')
    .set({ ended_at: clock(), outcome, source_requests: sourceRequests, sink_requests: sinkRequests })
    .where('run_id', '=', runId)
    .execute();
}
