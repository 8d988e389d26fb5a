import type { Condition } from '../conditions/condition.ts';
import { MOST, parts } from './limits.ts';
import { queryFor } from './signals.ts';

/** Those that New Relic can judge. */
export function judged(conditions: readonly Condition[]): readonly Condition[] {
  return conditions.filter(({ signal }) => queryFor(signal) !== undefined);
}

/** The conditions of each policy that is needed; those of a filter stay together. */
export function policiesOf(conditions: readonly Condition[]): readonly (readonly Condition[])[] {
  const ownerOf = ({ signal }: Condition): string => (signal.of === 'runs' ? '' : signal.filter.name);
  return parts([...Map.groupBy(judged(conditions), ownerOf).values()], MOST.conditions);
}

/** Why an account cannot have them; undefined: it can, as far as they alone are concerned. */
export function tooManyConditions(conditions: readonly Condition[]): string | undefined {
  const { length } = judged(conditions);
  if (length <= MOST.conditionsOfAccount) return undefined;
  return (
    `${length} conditions, and New Relic takes ${MOST.conditionsOfAccount} in an account: ` +
    'take alerts: from filters that nobody is called for, or give each account a filters file of its own'
  );
}
