import type { GapReason } from '../../../src/core/model/gap.ts';
import type { FilterData, PageData } from '../../../src/server/pages/data/model.ts';
import { filterDataOf, LOOK, runOf, seenOf, uncountedOf } from './page-data.ts';

const FIVE = 300_000;

/** With a part missing. */
export const gapped = (name: string, reason: GapReason, part: 'totals' | 'baselines' = 'totals'): FilterData =>
  filterDataOf(name, { report: seenOf(name, { complete: part === 'baselines', gaps: [{ part, reason }] }) });

/** Without a ledger, of this server alone. */
export const own: Pick<PageData, 'origin' | 'onError'> = {
  origin: { counts: 'source', runs: 'memory', readAt: LOOK, troubles: [], pending: 0, hasSeries: true },
  onError: null,
};

/** The ledger cannot be read. */
export const unread: Pick<PageData, 'origin'> = {
  origin: { ...own.origin, troubles: [{ of: 'ledger', text: 'The ledger cannot be reached: connect ECONNREFUSED.' }] },
};

/** Nothing was counted yet. */
export const none: Partial<PageData> = {
  runs: [],
  current: null,
  filters: ['shop', 'back'].map((name) => uncountedOf(name, { windows: Array<null>(12).fill(null), usual: null })),
};

/** Begun ten seconds ago, on the other server. */
export const busy = runOf({ runId: 'run-2', server: 'host-2', startedAt: LOOK - 10_000, endedAt: null, outcome: null });

/** Looked at so many windows later, with none counted since. */
export const later = (windows: number): Partial<PageData> => ({ now: LOOK + windows * FIVE, overdue: windows });
