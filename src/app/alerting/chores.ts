import type { Admin } from '../../core/telling/own/admin.ts';
import type { Chore } from '../../core/telling/upkeep/chore.ts';
import { collectLines } from '../../core/telling/upkeep/collect-lines.ts';
import { endRemoved } from '../../core/telling/upkeep/end-removed.ts';
import { keepJobs } from '../../core/telling/upkeep/keep-jobs.ts';
import { keepTexts } from '../../core/telling/upkeep/keep-texts.ts';
import { tellFileFaults } from '../../core/telling/upkeep/tell-file-faults.ts';
import { tellRestored } from '../../core/telling/upkeep/tell-restored.ts';
import { tellFull } from '../../core/telling/upkeep/tell-full.ts';
import { watchSources } from '../../core/telling/upkeep/watch-sources.ts';
import { once } from '../../platform/late.ts';
import { endLeft } from '../watches/left.ts';
import { inUse } from './channels-in-use.ts';
import { bySharedClock } from './decide.ts';
import { lastingOf } from './runs/lasting.ts';
import { digestsOf } from './digests/index.ts';
import { remindersOf } from './reminders/index.ts';
import type { KeptDeps } from './deps.ts';

/** What is seen to at each pass, before messages go. Only the service looks after files and sources. */
export function choresOf(deps: KeptDeps, admin: Admin): readonly Chore[] {
  return [...(deps.isService ? ofService(deps, admin) : []), proofsOf(deps)];
}

function ofService(deps: KeptDeps, admin: Admin): readonly Chore[] {
  const { inForce, now, ledger, jobs, server } = deps;
  const { texts, events, own, restores } = ledger;
  return [
    ...(own === undefined || jobs === undefined ? [] : [keepJobs({ jobs, store: own.jobs, server })]),
    endRemoved({ inForce, now, ...endingOf(deps) }),
    ...(texts === undefined ? [] : [keepTexts({ texts, inForce })]),
    tellFileFaults({ inForce, admin }),
    ...(events === undefined ? [] : [tellFull({ room: () => events.room(), admin })]),
    ...(restores === undefined ? [] : [tellRestored({ restores, admin }), lastingOf({ ...deps, restores })]),
    watchSources({ ...deps, totals: (asks) => deps.alerts.look((trx) => trx.totals(asks)) }),
    ...leftOf(deps),
    ...digestsOf(deps, admin),
    ...remindersOf(deps, admin),
    collectLines({ ...deps, isWeekly: deps.adminCollect !== undefined, leaseMs: ledger.sharing.leaseMs }),
  ];
}

/** Nothing of it is loaded as long as there are watches, or never were any. */
function leftOf({ ledger, inForce, outbox }: KeptDeps): readonly Chore[] {
  const { watches: store, sharing } = ledger;
  if (store === undefined) return [];
  const { leaseMs } = sharing;
  const [hasWatches, isWhole] = [() => inForce().watches.length > 0, () => inForce().isWhole];
  return [endLeft({ kind: 'watch', store, leaseMs, hasWatches, isWhole, now: outbox.now })];
}

/** Nothing of it is loaded as long as no channel wants one. */
function proofsOf(deps: KeptDeps): Chore {
  const load = once(async () => (await import('../../core/telling/own/post-proofs.ts')).createProofs(deps));
  return {
    name: 'proofs',
    async work() {
      const channels = inUse(deps);
      if ([...channels.values()].some(({ policy }) => policy.proof !== undefined)) await (await load())(channels);
    },
  };
}

function endingOf(deps: KeptDeps): Pick<Parameters<typeof endRemoved>[0], 'lasting' | 'end'> {
  const { alerts } = deps;
  const load = () => import('../../core/alerts/decide/end-filters.ts');
  return {
    async lasting() {
      const { isEnded } = await load();
      const heads = await alerts.look((trx) => trx.heads());
      return new Map([...heads].filter(([, head]) => !isEnded(head)));
    },
    async end(filters) {
      const { endFilters } = await load();
      return (await endFilters(filters, { alerts, ...(await bySharedClock(deps)) })).length;
    },
  };
}
