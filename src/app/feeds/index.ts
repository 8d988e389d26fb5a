import type { Admin } from '../../core/telling/own/admin.ts';
import type { WatchPlan } from '../../core/model/watches/watch-plan.ts';
import type { WatchStore } from '../../core/ports/watches/watch-store.ts';
import type { WatchWork } from '../../core/watches/work.ts';
import { once } from '../../platform/late.ts';
import type { Work } from '../alerting/work-due.ts';
import type { Parts } from '../make-parts.ts';
import { type BesideDeps, type BesideRuns, besideRuns } from '../watches/beside-runs.ts';
import { LEAST_LEASE_MS } from '../watches/index.ts';

export interface FeedsDeps extends BesideDeps {
  /** Those of the files in force. */
  plans(): { readonly sheets: readonly WatchPlan[]; readonly calendars: readonly WatchPlan[] };
  /** Of every file some text is in force. */
  isWhole(): boolean;
  readonly admin: Pick<Admin, 'tell'>;
}

type OfParts = Pick<Parts, 'sheets' | 'calendars' | 'ledger'>;

/** How sheets and calendars are read. Undefined: no file sets up any; nothing of it is loaded then. */
export function feedsOf(parts: OfParts, deps: FeedsDeps): BesideRuns | undefined {
  const { sheets, calendars, ledger } = parts;
  const { feeds } = ledger;
  if (sheets.size + calendars.size === 0 || feeds === undefined) return undefined;
  const load = once(async () => createWorks(parts, feeds, deps));
  const work: Work = async (scope) => {
    const works = await load();
    const done = await Promise.all(works.map((it) => it.work(scope)));
    return done.flat();
  };
  return besideRuns('sheets and calendars', work, deps);
}

async function createWorks(
  { sheets, calendars, ledger: { sharing } }: OfParts,
  feeds: Readonly<Record<'sheet' | 'calendar', WatchStore>>,
  { plans, isWhole, admin }: FeedsDeps,
): Promise<readonly WatchWork[]> {
  const { createWatchWork } = await import('../../core/watches/work.ts');
  // Of one process's own memory a claim would never end.
  const leaseMs = Number.isFinite(sharing.leaseMs) ? Math.max(sharing.leaseMs, LEAST_LEASE_MS) : LEAST_LEASE_MS;
  const shared = { isWhole, admin, leaseMs, page: null, gauge: async (): Promise<null> => null };
  return [
    createWatchWork({ ...shared, kind: 'sheet', store: feeds.sheet, watches: sheets, plans: () => plans().sheets }),
    createWatchWork({
      ...shared,
      kind: 'calendar',
      store: feeds.calendar,
      watches: calendars,
      plans: () => plans().calendars,
    }),
  ];
}
