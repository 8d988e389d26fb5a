import type { OwnCertificate, OwnWatch } from '../../model/alerting/own-report.ts';
import { OLD_INTERVALS } from '../../model/watches/watch-plan.ts';
import { DAY_MS, isoOf } from '../../model/window.ts';
import type { KeptWatch } from '../../ports/watches/watch-store.ts';
import type { OwnDeps, OwnSlot, PlannedWatch } from './deps.ts';

/** Watches, and when their certificates end; null: there are none. */
export async function watchesOf(deps: Pick<OwnDeps, 'watches'>, { now, end }: OwnSlot) {
  const given = deps.watches();
  if (given === undefined || given.plans.length === 0) return null;
  const kept = new Map((await given.all()).map((it) => [it.name, it]));
  const ends = given.plans
    .filter(({ isCertificate }) => isCertificate)
    .flatMap(({ name }) => endOf(kept.get(name), end));
  return { watches: given.plans.map((plan) => watchOf(plan, kept.get(plan.name), now)), certificates: ends };
}

function watchOf({ name, everyMs }: PlannedWatch, kept: KeptWatch | undefined, now: number): OwnWatch {
  const since = kept?.good?.at ?? kept?.since ?? now;
  return {
    name,
    value: kept?.good?.value ?? null,
    at: kept?.good == null ? null : isoOf(kept.good.at),
    ageMs: Math.max(0, now - since),
    old: now - since > everyMs * OLD_INTERVALS,
    fault: kept?.last?.fault ?? null,
  };
}

/** NOTE: what is kept is how many days were left when it was looked at. */
function endOf(kept: KeptWatch | undefined, at: number): readonly OwnCertificate[] {
  const good = kept?.good;
  if (good == null || typeof good.value !== 'number') return [];
  const ends = good.at + good.value * DAY_MS;
  return [{ watch: kept!.name, days: Math.floor((ends - at) / DAY_MS), ends: isoOf(ends).slice(0, 10) }];
}
