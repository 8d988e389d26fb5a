import type { InForce } from '../../config/reload/in-force.ts';
import { ruleKey } from '../../core/alerts/outbox/forming/around.ts';
import { instantText } from '../../core/alerts/words/times.ts';
import type { Mute, Rule } from '../../core/model/alerting/rule.ts';
import { isoOf } from '../../core/model/window.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import { channelsInUse } from './channels-in-use.ts';
import type { AlertingDeps, KeptDeps } from './deps.ts';

/** By `ruleKey`. Where an older text of a file counts, places say so. */
export function rulesIn({ filters, stale }: Pick<InForce, 'filters' | 'stale'>): ReadonlyMap<string, Rule> {
  const rules = filters.flatMap(({ name, place, alerts = [] }) => {
    const since = stale.get(place.file);
    const mark = since === undefined ? '' : ` (as of ${instantText(isoOf(since))}: the file has a fault now)`;
    return alerts.map((rule): [string, Rule] => [
      ruleKey({ filter: name, rule: rule.name }),
      { ...rule, where: rule.where + mark },
    ]);
  });
  return new Map(rules);
}

/** Those of files and those of people, without what has ended. */
export async function mutesIn(deps: KeptDeps): Promise<readonly Mute[]> {
  const { inForce, now, alerts, isReleased } = deps;
  const { filters } = inForce();
  const all = (await allMutes(deps)).filter((mute) => !isReleased(mute));
  if (all.length === 0) return all;
  const { mutesInForce } = await import('../../core/alerts/outbox/mutes-in-force.ts');
  const names = filters.filter(hasRules).map(({ name }) => name);
  return mutesInForce(all, names, alerts, now());
}

/** Whether they have ended or not. */
export async function allMutes({ inForce, outbox }: Pick<KeptDeps, 'inForce' | 'outbox'>): Promise<readonly Mute[]> {
  return [...inForce().mutes, ...(await outbox.mutes())];
}

export function inUse({ channels, inForce }: AlertingDeps): ReturnType<typeof channelsInUse> {
  return channelsInUse(channels, inForce());
}
