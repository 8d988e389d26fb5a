import type { InForce } from '../../config/reload/in-force.ts';
import { type RuleAtSending, ruleKey } from '../../core/alerts/outbox/forming/around.ts';
import type { Instant } from '../../core/alerts/outbox/sending/sure-time.ts';
import { minuteText } from '../../core/alerts/words/times.ts';
import type { Mute } from '../../core/model/alerting/rule.ts';
import { hasRules } from '../../core/ports/alerting/decider.ts';
import type { KeptDeps } from './deps.ts';

/** By `ruleKey`. Where an older text of a file counts, places say so. */
export function rulesIn({
  filters,
  watches,
  stale,
}: Pick<InForce, 'filters' | 'watches' | 'stale'>): ReadonlyMap<string, RuleAtSending> {
  const rules = filters.flatMap(({ name, place, source, alerts = [] }) => {
    const since = stale.get(place.file);
    const mark = since === undefined ? '' : ` (as of ${minuteText(since)}: the file has a fault now)`;
    return alerts.map((rule): [string, RuleAtSending] => [
      ruleKey({ filter: name, rule: rule.name }),
      { ...rule, where: rule.where + mark, source },
    ]);
  });
  const ofWatches = watches.flatMap(({ name, rules: all }) =>
    all.map(({ quiet, where, name: rule }): [string, RuleAtSending] => [
      ruleKey({ filter: name, rule }),
      { quiet, where },
    ]),
  );
  return new Map([...rules, ...ofWatches]);
}

/** Those of files and those of people that have begun, without what has ended for sure. */
export async function mutesIn(deps: KeptDeps, { now, sure }: Instant): Promise<readonly Mute[]> {
  const { inForce, outbox, alerts, isReleased } = deps;
  const { mutes, filters } = inForce();
  // One of a file began when it was read, by a clock that may be ahead.
  const begun = [...mutes, ...(await outbox.mutes()).filter(({ since }) => since <= now)];
  const all = begun.filter((it) => !isReleased(it)).map((it) => ({ ...it, since: Math.min(it.since, sure) }));
  if (all.length === 0) return all;
  const { mutesInForce } = await import('../../core/alerts/outbox/mutes-in-force.ts');
  const names = filters.filter(hasRules).map(({ name }) => name);
  return mutesInForce(all, names, alerts, sure);
}

/** Whether they have ended or not. */
export async function allMutes({ inForce, outbox }: Pick<KeptDeps, 'inForce' | 'outbox'>): Promise<readonly Mute[]> {
  return [...inForce().mutes, ...(await outbox.mutes())];
}
