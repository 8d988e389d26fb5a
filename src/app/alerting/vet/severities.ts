import type { FilterFault, FilterSet } from '../../../config/filters/load.ts';
import { policyOf } from '../../../config/rules/policy.ts';
import { type Rule, SEVERITIES } from '../../../core/model/alerting/rule.ts';

type Heard = Pick<Rule, 'tell' | 'severity' | 'sentence' | 'where'>;

/** Rules of which nobody hears, because each channel that they tell takes only worse. */
export function unheardRules({ filters, watches, parts }: FilterSet): readonly FilterFault[] {
  const channels = parts.filter(({ section }) => section === 'channels').map((part) => policyOf(part, null));
  const least = new Map(channels.map(({ name, severity }) => [name, severity]));
  const ofWatches = watches.map(({ where, rules }) => ({
    file: where.replace(/:\d+$/, ''),
    alerts: rules.filter(({ tell }) => tell.length > 0),
  }));
  const all = [...filters.map(({ place: { file }, alerts = [] }) => ({ file, alerts })), ...ofWatches];
  return all.flatMap(({ file, alerts }) =>
    (alerts as readonly Heard[]).flatMap(({ tell, severity, sentence, where }): FilterFault[] => {
      const isHeard = tell.some((name) => {
        const lowest = least.get(name) ?? 'info';
        return SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(lowest);
      });
      if (isHeard) return [];
      const said = tell.map((name) => `${name} takes nothing below ${least.get(name)!}`).join(', and ');
      const text = `nobody hears of ${sentence}: its severity is ${severity}, and ${said}; change one of both`;
      return [{ where, file, text: `alerts: ${text}` }];
    }),
  );
}
