import type { ReceiptSeen, ReportSeen, RunView, WindowCount } from '../../../src/core/ports/read-model.ts';
import type { FilterData, PageData } from '../../../src/server/pages/data/model.ts';
import { END, issueOf, reportOf, START, WINDOW } from '../build/reports.ts';

const FIVE = 300_000;

/** Half past two after the window's end, when a run over it has just ended. */
export const LOOK = END + 150_000;

export function seenOf(filter: string, given: Partial<ReportSeen> = {}): ReportSeen {
  const { splits: _splits, ...report } = reportOf({ id: `${filter}@2026-11-20T10:00:00.000Z` });
  const tags = null;
  const totals = [{ project: 'web', projectId: '11', events: 3, users: 2, issues: 1 }];
  return { ...report, filter, tags, totals, issues: [issueOf({ issueId: '1', project: 'web', events: 3 })], ...given };
}

export function receiptOf(filter: string, sink: string, given: Partial<ReceiptSeen> = {}): ReceiptSeen {
  return {
    key: { reportId: `${filter}@2026-11-20T10:00:00.000Z`, revision: 0, sink },
    state: 'done',
    receipt: { accepted: 3, refused: [], uncertain: 0, failed: 0, refs: [] },
    server: 'host-1',
    ...given,
  };
}

export function slotOf(index: number, events: number, given: Partial<WindowCount> = {}): WindowCount {
  return { start: START - (11 - index) * FIVE, events, complete: true, revision: 0, ...given };
}

/** Counted whole for an hour, three events a window, and taken by both sinks. */
export function filterDataOf(name: string, given: Partial<FilterData> = {}): FilterData {
  return {
    name,
    team: null,
    runbook: null,
    projects: ['web'],
    configured: true,
    windows: Array.from({ length: 12 }, (_, index) => slotOf(index, 3)),
    before: [],
    now: slotOf(11, 3),
    usual: 3,
    missed: 0,
    report: seenOf(name),
    searchUrl: () => null,
    fault: '',
    receipts: ['anodot', 'newrelic'].map((sink) => receiptOf(name, sink)),
    firing: null,
    ...given,
  };
}

/** One that was not counted in the last window. */
export function uncountedOf(name: string, given: Partial<FilterData> = {}): FilterData {
  return filterDataOf(name, { now: null, report: null, receipts: [], ...given });
}

/** Ended a quarter of a minute before it is looked at. */
export function runOf(given: Partial<RunView> = {}): RunView {
  return {
    runId: 'run-1',
    server: 'host-1',
    window: WINDOW,
    startedAt: LOOK - 20_000,
    endedAt: LOOK - 15_000,
    outcome: 'ok',
    reports: 2,
    sourceRequests: 9,
    ...given,
  };
}

/** All is well, with a ledger: two filters, an hour. */
export function pageDataOf(given: Partial<PageData> = {}): PageData {
  return {
    now: LOOK,
    server: 'host-1',
    dryRun: false,
    since: LOOK - 3_600_000,
    origin: { counts: 'ledger', runs: 'ledger', readAt: null, troubles: [], pending: 0, hasSeries: true },
    onError: 'safe',
    runs: [runOf()],
    current: WINDOW,
    overdue: 0,
    span: { start: END - 12 * FIVE, end: END },
    step: FIVE,
    marks: [],
    filters: [filterDataOf('shop'), filterDataOf('back')],
    sinks: ['anodot', 'newrelic'],
    alerts: null,
    hasMessages: false,
    hasActions: false,
    files: [],
    faults: [],
    ...given,
  };
}
