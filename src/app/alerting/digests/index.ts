import type { DigestStore } from '../../../core/ports/alerting/digest-store.ts';
import type { WorkDone } from '../../../core/ports/alerting/due.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Admin } from '../../../core/telling/own/admin.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import { once } from '../../../platform/late.ts';
import { bySharedClock, issuePageOf, pageOf } from '../decide.ts';
import type { KeptDeps } from '../deps.ts';
import { inUse } from '../channels-in-use.ts';
import { issueTickets } from '../runs/tickets.ts';
import { mutesIn } from '../in-force.ts';

type WorkAll = (scope: Scope) => Promise<readonly WorkDone[]>;

/** Digests are posted by the service alone. Nothing of it is loaded as long as no file has one. */
export function digestsOf(deps: KeptDeps, admin: Admin): readonly Chore[] {
  const { digests: store } = deps.ledger;
  if (store === undefined) return [];
  const work = once(() => load(deps, store, admin));
  let isBegun = false;
  return [
    {
      name: 'digests',
      async work(scope) {
        // What was begun is to be forgotten, also when the files no longer say anything of it.
        isBegun ||= deps.inForce().digests.length > 0;
        return isBegun ? (await work())(scope) : [];
      },
    },
  ];
}

async function load(deps: KeptDeps, store: DigestStore, admin: Admin): Promise<WorkAll> {
  const [{ workDigests }, { runsBy }, { ownOf }] = await Promise.all([
    import('../../../core/digests/work.ts'),
    import('./runs-by.ts'),
    import('./own-place.ts'),
  ]);
  const nextRun = await runsBy();
  const { ledger, inForce, outbox, now, server, uuid } = deps;
  const { reachMs = 0, memoryMs = 0 } = ledger.backlog ?? {};
  return (scope) =>
    workDigests(
      {
        store,
        outbox,
        nextRun,
        ...{ now, server, uuid, reachMs, memoryMs },
        leaseMs: ledger.sharing.leaseMs,
        files: inForce,
        shared: () => bySharedClock(deps),
        filterOf: (name) => inForce().filters.find((filter) => filter.name === name),
        pageOf: pageOf(deps),
        issuePage: issuePageOf(deps),
        events: ledger.events,
        own: ownOf(deps),
        tickets: issueTickets(deps),
        channels: () => inUse(deps),
        mutes: (at) => mutesIn(deps, { now: at, sure: at }),
        absent: ({ name }, channel, line) => admin.tellDaily(`digest/${name}/${channel}`, line),
      },
      scope,
    );
}
