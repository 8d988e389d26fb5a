import type { ReportSeen } from '../../../core/ports/read-model.ts';
import type { Engine } from '../../database/engine.ts';
import type { ReportRow } from '../../database/tables.ts';
import { reportIn } from '../report-rows.ts';

/** Reports kept: each takes up to some tens of kilobytes. */
const MOST = 1_200;

interface Kept {
  /** Another text when the report was recorded again. */
  readonly stamp: string;
  readonly report: ReportSeen;
}

export type ReadReports = (engine: Engine, ids: readonly string[]) => Promise<readonly ReportSeen[]>;

/** Reads reports. What was read before, and was not recorded again since, is the very same object. */
export function keptReports(): ReadReports {
  const kept = new Map<string, Kept>();
  return async (engine, ids) => {
    const stamps = await stampsOf(engine, ids);
    const fresh = [...stamps].filter(([id, stamp]) => kept.get(id)?.stamp !== stamp).map(([id]) => id);
    const read = new Map((await rowsOf(engine, fresh)).map((report) => [report.id, report]));
    const found = [...stamps].flatMap(([id, stamp]): Kept[] => {
      const report = read.get(id) ?? kept.get(id)?.report;
      return report === undefined ? [] : [{ stamp, report }];
    });
    for (const it of found) {
      kept.delete(it.report.id);
      kept.set(it.report.id, it);
    }
    for (const id of kept.keys()) if (kept.size > MOST) kept.delete(id);
    return found.map(({ report }) => report);
  };
}

async function stampsOf({ db }: Engine, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom('sentry_monitor_reports')
    .select(['report_id', 'revision', 'recorded_at'])
    .where('report_id', 'in', ids)
    .orderBy('revision')
    .execute();
  const stamps = new Map<string, string>();
  for (const { report_id: id, revision, recorded_at: at } of rows)
    stamps.set(id, `${stamps.get(id) ?? ''} ${revision}:${at}`);
  return stamps;
}

async function rowsOf({ db }: Engine, ids: readonly string[]): Promise<readonly ReportSeen[]> {
  if (ids.length === 0) return [];
  const rows: readonly ReportRow[] = await db
    .selectFrom('sentry_monitor_reports')
    .selectAll()
    .where('report_id', 'in', ids)
    .orderBy('revision')
    .execute();
  return [...Map.groupBy(rows, (row) => row.report_id).values()].map(reportIn);
}
