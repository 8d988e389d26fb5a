import { viewOf } from '../../core/model/make-report.ts';
import type { ReportView } from '../../core/model/report.ts';
import type { History } from '../../core/ports/history.ts';

/** Bound on memory: a report takes some kilobytes. */
const MAX_REPORTS = 2_000;

/** The latest reports as they were answered; the oldest go first. Runs are not remembered: the log has them. */
export function memoryHistory(): History {
  const reports = new Map<string, ReportView>();
  const put = (view: ReportView): void => {
    if ((reports.get(view.id)?.revision ?? 0) > view.revision) return;
    reports.delete(view.id);
    reports.set(view.id, view);
    for (const id of reports.keys()) {
      if (reports.size <= MAX_REPORTS) return;
      reports.delete(id);
    }
  };
  return {
    put: async (all) => all.forEach((report) => put(viewOf(report))),
    get: async (ids) =>
      new Map(
        ids.flatMap((id): [string, ReportView][] => {
          const view = reports.get(id);
          return view === undefined ? [] : [[id, view]];
        }),
      ),
    began: async () => undefined,
    ended: async () => undefined,
  };
}
