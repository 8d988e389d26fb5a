import type { Filter } from '../../../core/model/filter.ts';
import { PERIOD_MS, reportId, type Window } from '../../../core/model/window.ts';
import type { ReadModel, ReceiptKey, ReceiptSeen, ReportSeen } from '../../../core/ports/read-model.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import { sinksFor } from '../../../core/run/claim-reports.ts';

/** What was kept of a filter's window. */
export interface WindowDetail {
  readonly report: ReportSeen;
  /** Of every revision: each was sent. */
  readonly receipts: readonly ReceiptSeen[];
}

/** Who is asked, and to whom reports go. */
export interface Kept {
  readonly readModel: ReadModel;
  readonly sinks: readonly Sink[];
}

/** One window, by the filter's name. `issues`: trending, when no others are looked at. */
export async function detailsOfFilters(
  filters: readonly Filter[],
  window: Window,
  { readModel, sinks }: Kept,
  issues: 'all' | 'trending',
): Promise<ReadonlyMap<string, WindowDetail>> {
  const ids = filters.map(({ name }) => reportId(name, window));
  const reports = await readModel.reports(ids, issues);
  const byFilter = new Map(reports.map((report) => [report.filter, report]));
  const keys = filters.flatMap((filter) => keysOf(filter, byFilter.get(filter.name), sinks));
  const details = detailsOf(reports, await readModel.receipts(keys));
  return new Map(details.map((detail) => [detail.report.filter, detail]));
}

/** One filter, by the window's start, epoch ms. */
export async function detailsOfWindows(
  filter: Filter,
  span: Window,
  { readModel, sinks }: Kept,
): Promise<ReadonlyMap<number, WindowDetail>> {
  const ids = Array.from({ length: (span.end - span.start) / PERIOD_MS }, (_, index) => {
    const start = span.start + index * PERIOD_MS;
    return reportId(filter.name, { start, end: start + PERIOD_MS });
  });
  const reports = await readModel.reports(ids);
  const receipts = await readModel.receipts(reports.flatMap((report) => keysOf(filter, report, sinks)));
  return new Map(detailsOf(reports, receipts).map((detail) => [detail.report.window.start, detail]));
}

function detailsOf(reports: readonly ReportSeen[], receipts: readonly ReceiptSeen[]): readonly WindowDetail[] {
  const byReport = Map.groupBy(receipts, ({ key }) => key.reportId);
  return reports.map((report) => ({ report, receipts: byReport.get(report.id) ?? [] }));
}

function keysOf(filter: Filter, report: ReportSeen | undefined, sinks: readonly Sink[]): readonly ReceiptKey[] {
  if (report === undefined) return [];
  return Array.from({ length: report.revision + 1 }, (_, revision) =>
    sinksFor(filter, sinks).map((sink) => ({ reportId: report.id, revision, sink })),
  ).flat();
}
