import type { FilterSet } from '../../config/filters/load.ts';
import type { WatchPlan } from '../../core/model/watches/watch-plan.ts';
import { many } from '../../platform/numbers.ts';
import { ageText } from '../../core/alerts/words/times.ts';

/** `github: every 30 min; alerts: 2 rules tell crm` */
export function watchLines({ watches }: Pick<FilterSet, 'watches'>): readonly string[] {
  return watches.map(({ name, everyMs, rules }) =>
    [`${name}: every ${ageText(everyMs)}`, ...alertsOf(rules)].join('; '),
  );
}

function alertsOf(rules: WatchPlan['rules']): readonly string[] {
  if (rules.length === 0) return [];
  const names = [...new Set(rules.flatMap(({ tell }) => tell))].join(', ');
  return [`alerts: ${many(rules.length, 'rule')} ${rules.length === 1 ? 'tells' : 'tell'} ${names || 'nobody'}`];
}
