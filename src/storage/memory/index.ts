import { viewOf } from '../../core/model/make-report.ts';
import type { ReportView } from '../../core/model/report.ts';
import type { Claims } from '../../core/ports/claims.ts';
import type { History, Point } from '../../core/ports/history.ts';
import type { Kept, Ledger, Sharing } from '../../core/ports/ledger.ts';
import { memoryClaims } from './claims.ts';

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
    series: async (filter, from, to) =>
      [...reports.values()]
        .filter(({ id, window }) => id.startsWith(`${filter}@`) && window.start >= from && window.start < to)
        .sort((a, b) => a.window.start - b.window.start)
        .map(({ window, revision, complete, totals, unattributed }): Point => ({
          window,
          revision,
          complete,
          totals,
          unattributed,
        })),
    began: async () => undefined,
    ended: async () => undefined,
  };
}

/** Nobody else works on the same filters. */
const ALONE: Sharing = { leaseMs: Infinity, parts: 1, lingers: false, onError: 'send' };

const SELF: Pick<Ledger, 'sharing' | 'servesBlind' | 'health'> = {
  sharing: ALONE,
  servesBlind: () => true,
  health: async () => 'ready',
};

function allOf(kept: readonly Kept[]): readonly (readonly boolean[])[] {
  return kept.map(({ parcels }) => parcels.map(() => true));
}

/** What one process remembers: the default, without any database. */
export function memoryLedger(now: () => number): Ledger {
  const history = memoryHistory();
  return {
    claims: memoryClaims(now),
    history,
    ...SELF,
    open: async () => undefined,
    close: async () => undefined,
    keep: async (kept) => {
      await history.put(kept.map(({ report }) => report));
      return allOf(kept);
    },
  };
}

const noClaims: Claims = {
  claim: async (keys) => keys.map(() => ({ status: 'ours', token: '', delivered: new Map() })),
  renew: async (holds) => holds.map(() => true),
  settle: async (done) => done.map(() => true),
  open: async () => [],
};

const noHistory: History = {
  put: async () => undefined,
  get: async () => new Map(),
  series: async () => [],
  began: async () => undefined,
  ended: async () => undefined,
};

/** A run that remembers nothing: every claim is granted. For debug runs. */
export const noLedger: Ledger = {
  claims: noClaims,
  history: noHistory,
  ...SELF,
  keep: async (kept) => allOf(kept),
  open: async () => undefined,
  close: async () => undefined,
};
