import type { Gap } from '../../core/model/gap.ts';
import type { Receipt } from '../../core/model/receipt.ts';
import type { ReportIssue } from '../../core/model/report.ts';
import type { ReportResult, RunResult } from '../../core/model/results.ts';
import { rounded } from '../../core/model/trends.ts';
import { isoOf, type Window } from '../../core/model/window.ts';
import { anchorOfFault, anchorOfReceipt } from '../reasons/anchor-of.ts';
import { see } from '../reasons/see.ts';
import { alertBody } from './alert-body.ts';
import { catchUpBody, recountBody } from './backfill-answer.ts';

export interface AnswerContext {
  readonly server: string;
  readonly debug: boolean;
  readonly faults: readonly { readonly where: string; readonly text: string }[];
}

/** The body of `POST /run`. Its keys are a contract with scripts and dashboards. */
export function answerBody(result: RunResult, context: AnswerContext): object {
  const { reports, verdict, incomplete, window, runId, clockSkewMs, durationMs, sourceRequests } = result;
  return {
    status: verdict.status,
    debug: context.debug,
    server: context.server,
    run: runId,
    clockSkewMs,
    durationMs,
    window: iso(window),
    sentryRequests: sourceRequests,
    incomplete,
    faults: context.faults.map(faultBody),
    reports: reports.map(reportBody),
    ...(result.alerts === undefined ? {} : { alerts: result.alerts.map(alertBody) }),
    ...(result.after?.catchUp == null ? {} : { catchUp: catchUpBody(result.after.catchUp) }),
    ...(result.after?.recount == null ? {} : recountBody(result.after.recount)),
  };
}

/** A filters file that is left out. */
export function faultBody({ where, text }: AnswerContext['faults'][number]): object {
  return { filters: where, error: text, see: see('filters-file') };
}

function reportBody({ id, filter, window, report, fault, sinks }: ReportResult): object {
  const head = { id, revision: report?.revision ?? 0, filter: filter.name, window: iso(window) };
  const receipts = Object.fromEntries(Object.entries(sinks).map(([name, receipt]) => [name, receiptBody(receipt)]));
  if (report === null) {
    const gaps =
      fault === undefined ? [] : (fault.gaps ?? [{ part: 'totals', reason: 'not_answered', detail: fault.message }]);
    return {
      ...head,
      ...(filter.source === undefined ? {} : { source: filter.source }),
      complete: false,
      gaps: gaps.map(gapBody),
      totals: [],
      trending: [],
      sinks: receipts,
      ...(fault === undefined ? {} : { error: fault.message, see: see(anchorOfFault(fault.message)) }),
    };
  }
  return {
    ...head,
    source: report.source,
    complete: report.complete,
    gaps: report.gaps.map(gapBody),
    ...(report.warnings.length > 0 ? { warnings: report.warnings } : {}),
    totals: report.totals.map(({ project, events, issues, users }) => ({ project, events, issues, users })),
    unattributed: report.unattributed,
    url: report.url,
    ...(filter.runbook === undefined ? {} : { runbook: filter.runbook }),
    trending: report.listed.map(issueBody),
    sinks: receipts,
  };
}

function gapBody(gap: Gap): object {
  return { ...gap, see: see(`gap-${gap.reason}`) };
}

function issueBody({
  issueId,
  project,
  events,
  users,
  state,
  expected,
  score,
  trend,
  url,
  details,
}: ReportIssue): object {
  return {
    id: issueId,
    shortId: details?.shortId ?? null,
    project,
    title: details?.title ?? null,
    level: details?.level ?? null,
    url: details?.url ?? url,
    events,
    users,
    state,
    expected: rounded(expected),
    score: rounded(score),
    trend: rounded(trend),
    assignee: details?.assignee ?? null,
  };
}

function receiptBody(receipt: Receipt): object {
  if (receipt.status === 'skipped') return { ...receipt, items: receipt.items.map(({ body }) => body) };
  if (!('accepted' in receipt)) return receipt;
  const anchor = anchorOfReceipt(receipt);
  const { reason: _ours, ...shown } = receipt;
  return anchor === null ? shown : { ...shown, see: see(anchor) };
}

function iso({ start, end }: Window): object {
  return { start: isoOf(start), end: isoOf(end) };
}
