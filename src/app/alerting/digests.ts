import type { DigestsWork } from '../../core/digests/work.ts';
import type { At } from '../../core/model/alerting/digest-plan.ts';
import { scheduleText } from '../../core/model/alerting/digest-plan.ts';
import type { DigestStore } from '../../core/ports/alerting/digest-store.ts';
import type { Scope } from '../../core/ports/scope.ts';
import { everyRun, type NextRun } from '../../core/schedules/runs.ts';
import type { Admin } from '../../core/telling/own/admin.ts';
import type { Chore } from '../../core/telling/upkeep/chore.ts';
import { bySharedClock, pageOf } from './decide.ts';
import type { KeptDeps } from './deps.ts';
import { inUse, mutesIn } from './in-force.ts';

type WorkAll = (scope: Scope) => Promise<DigestsWork>;

/** Digests are posted by the service alone. Nothing of it is loaded as long as no file has one. */
export function digestsOf(deps: KeptDeps, admin: Admin): readonly Chore[] {
  const { digests: store } = deps.ledger;
  if (store === undefined) return [];
  let work: Promise<WorkAll> | undefined;
  return [
    {
      name: 'digests',
      async work(scope) {
        // What was begun is to be forgotten, also when the files no longer say anything of it.
        if (work === undefined && deps.inForce().digests.length === 0) return [];
        const { done, left } = await (await (work ??= load(deps, store, admin)))(scope);
        return done.map((it, index) => ({ ...it, left: index === 0 ? left : 0 }));
      },
    },
  ];
}

async function load(deps: KeptDeps, store: DigestStore, admin: Admin): Promise<WorkAll> {
  const [{ workDigests }, nextRun] = await Promise.all([import('../../core/digests/work.ts'), runsBy()]);
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
        channels: () => inUse(deps),
        mutes: (at) => mutesIn(deps, { now: at, sure: at }),
        absent: ({ name }, channel, line) => admin.tellDaily(`digest/${name}/${channel}`, line),
      },
      scope,
    );
}

/** When schedules are due, each with what it said last: between two of its instants it is asked the same again. */
export async function runsBy(): Promise<(at: At) => NextRun> {
  const { cronRun } = await import('../../platform/cron.ts');
  const known = new Map<string, NextRun>();
  return (at) => {
    const text = scheduleText(at);
    const next = known.get(text) ?? remembered(at.kind === 'every' ? everyRun(at.everyMs) : cronRun(at.cron, at.zone));
    known.set(text, next);
    return next;
  };
}

/** So many answers are kept. */
const KEPT = 100;

function remembered(next: NextRun): NextRun {
  const known = new Map<number, number | null>();
  return (after) => {
    const found = known.get(after);
    if (found !== undefined) return found;
    if (known.size >= KEPT) known.clear();
    const at = next(after);
    known.set(after, at);
    return at;
  };
}
