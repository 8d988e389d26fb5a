import type { Rule } from '../../model/alerting/rule.ts';
import { type FilterState, type RuleState, shapeOf } from './state.ts';

/** What becomes of the rules of a state when the file is another one now. */
export interface InForce {
  /** By the present rule's name, the state that it goes on from; one that is new is absent. */
  readonly taken: ReadonlyMap<string, RuleState>;
  /** Rules that are gone, by their name. */
  readonly gone: ReadonlyMap<string, RuleState>;
}

/**
 * A rule goes on where its name is known and its sentence is the same but for numbers; else it takes over from one that
 * is gone and was the same but for numbers, so that a changed limit ends no episode. `frozen`: names of rules that are
 * not gone, though nobody decides them.
 */
export function inForce(state: FilterState | null, rules: readonly Rule[], frozen: readonly string[]): InForce {
  const gone = new Map(state?.rules);
  const taken = new Map<string, RuleState>();
  const take = (rule: Rule, name: string | undefined): void => {
    if (name === undefined) return;
    taken.set(rule.name, gone.get(name)!);
    gone.delete(name);
  };
  for (const rule of rules) if (gone.get(rule.name)?.shape === shapeOf(rule)) take(rule, rule.name);
  const isLike =
    (rule: Rule) =>
    ([name, { shape }]: readonly [string, RuleState]) =>
      shape === shapeOf(rule) && !frozen.includes(name);
  for (const rule of rules) if (!taken.has(rule.name)) take(rule, [...gone].find(isLike(rule))?.[0]);
  return { taken, gone };
}
