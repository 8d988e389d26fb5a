import type { InForce } from '../../config/reload/in-force.ts';
import { ruleKey } from '../../core/alerts/outbox/forming/around.ts';
import type { Mute, Rule } from '../../core/model/alerting/rule.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import { channelsInUse } from './channels-in-use.ts';
import type { AlertingDeps, KeptDeps } from './deps.ts';

/** By `ruleKey`. */
export function rulesIn({ filters }: Pick<InForce, 'filters'>): ReadonlyMap<string, Rule> {
  const rules = filters.flatMap(({ name, alerts = [] }) =>
    alerts.map((rule): [string, Rule] => [ruleKey({ filter: name, rule: rule.name }), rule]),
  );
  return new Map(rules);
}

/** Those of files and those of people, without what has ended. */
export async function mutesIn({ inForce, now, outbox, alerts }: KeptDeps): Promise<readonly Mute[]> {
  const { mutes, filters } = inForce();
  const all = [...mutes, ...(await outbox.mutes())];
  if (all.length === 0) return all;
  const { mutesInForce } = await import('../../core/alerts/outbox/mutes-in-force.ts');
  const names = filters.filter(hasRules).map(({ name }) => name);
  return mutesInForce(all, names, alerts, now());
}

export function inUse({ channels, inForce }: AlertingDeps): ReturnType<typeof channelsInUse> {
  return channelsInUse(channels, inForce());
}
