import type { Filter } from '../../../core/model/filter.ts';
import { PERIOD_MS } from '../../../core/model/window.ts';
import type { ReadModel, ReportSeen } from '../../../core/ports/read-model.ts';
import type { Source } from '../../../core/ports/source.ts';
import { alertsDetail } from './alerts/alerts-detail.ts';
import type { AlertSources } from './alerts/read-alerts.ts';
import type { FilterData, FilterDetail, PageData } from './model.ts';
import type { WindowDetail } from './windows.ts';

export interface DetailDeps {
  /** Absent: nobody knows of alerts. */
  readonly alerting?: AlertSources | undefined;
  readonly readModel: Pick<ReadModel, 'late'>;
  readonly source: Pick<Source, 'queryOf'>;
}

/** What is known of a filter that its own page shows. `details`: of the windows that are listed, by start, epoch ms. */
export async function detailOf(
  filter: Filter,
  { data, found }: { readonly data: PageData; readonly found: FilterData },
  details: ReadonlyMap<number, WindowDetail>,
  { readModel, source, alerting }: DetailDeps,
): Promise<FilterDetail> {
  const { report, configured } = found;
  return {
    asks: configured ? filter : null,
    tags: configured && filter.tags.length === 0 ? [] : (report?.tags ?? null),
    late: await readModel.late(filter.name, data.span),
    issues: issueCounts(report, data, details),
    alerts: alerting === undefined ? null : await alertsDetail(filter, { ...data, report }, alerting),
    query: configured ? (source.queryOf?.(filter) ?? null) : null,
  };
}

/** Events of an issue in a window; null: not known. */
type CountIn = (issueId: string) => number | null;

const UNKNOWN: CountIn = () => null;

/** By slot: what is not known of one of its windows is not known of it. */
function issueCounts(
  report: ReportSeen | null,
  { span, step, current }: PageData,
  details: ReadonlyMap<number, WindowDetail>,
): FilterDetail['issues'] {
  const counts = new Map([...details].map(([start, detail]) => [start, countsIn(detail.report)]));
  const until = Math.min(span.end, current?.end ?? span.end);
  const slots = Array.from({ length: (span.end - span.start) / step }, (_, index) => {
    const start = span.start + index * step;
    const windows = Math.max(1, (Math.min(start + step, until) - start) / PERIOD_MS);
    return Array.from({ length: windows }, (_it, n) => counts.get(start + n * PERIOD_MS) ?? UNKNOWN);
  });
  const ids = report?.issues.map(({ issueId }) => issueId) ?? [];
  return new Map(ids.map((id) => [id, slots.map((windows) => sumOf(windows.map((count) => count(id))))]));
}

/** Null: one of them is not known. */
export function sumOf(counts: readonly (number | null)[]): number | null {
  return counts.reduce<number | null>((sum, it) => (sum === null || it === null ? null : sum + it), 0);
}

/** An issue without a row had no event, unless rows are missing. */
function countsIn({ issues, totals, gaps }: ReportSeen): CountIn {
  const rows = new Map(issues.map(({ issueId, events }) => [issueId, events]));
  const all = sumOf(totals.map((it) => it.issues));
  const isWhole = all === rows.size && !gaps.some(({ part }) => part === 'issues');
  return (id) => rows.get(id) ?? (isWhole ? 0 : null);
}
