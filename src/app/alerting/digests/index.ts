import type { DigestStore } from '../../../core/ports/alerting/digest-store.ts';
import type { Admin } from '../../../core/telling/own/admin.ts';
import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import { bySharedClock, issuePageOf, pageOf } from '../decide.ts';
import type { KeptDeps } from '../deps.ts';
import { inUse } from '../channels-in-use.ts';
import { issueTickets } from '../runs/tickets.ts';
import { mutesIn } from '../in-force.ts';
import { onceBegun } from '../runs/once-begun.ts';
import type { Work } from '../work-due.ts';

/** Digests are posted by the service alone. */
export function digestsOf(deps: KeptDeps, admin: Admin): readonly Chore[] {
  const { digests: store } = deps.ledger;
  if (store === undefined) return [];
  return [
    onceBegun(
      'digests',
      () => deps.inForce().digests.length > 0,
      () => load(deps, store, admin),
    ),
  ];
}

async function load(deps: KeptDeps, store: DigestStore, admin: Admin): Promise<Work> {
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
