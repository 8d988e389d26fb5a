import type { Rule } from '../../model/alerting/rule.ts';
import type { KeptAlert } from '../../ports/alerting/alert-store.ts';
import type { Working } from '../fold/working.ts';
import { inForce } from '../fold/rules-in-force.ts';
import type { RuleState } from '../fold/state.ts';
import type { Plan } from './plan.ts';

/** The rules of a plan with the memory that each goes on from. */
export function workingOf({ rules, frozen, base, prior, force, steps, known }: Plan): readonly Working[] {
  const oldest = steps.find(({ isFresh }) => isFresh)!.window.start;
  const { taken } = inForce(base, rules, frozen);
  return rules.map((rule): Working => {
    const from = taken.get(rule.name);
    const last = force.taken.get(rule.name);
    const names = new Set([rule.name, nameIn(prior?.rules, last)]);
    return {
      ...workingFor(rule),
      key: last?.key ?? rule.name,
      first: from?.first ?? null,
      begin: beginOf(from, last, base === null, oldest),
      toldBefore: last?.tell ?? null,
      subjects: new Map(from?.subjects),
      undecided: new Map(from?.undecided),
      known: bySubject(known.filter((it) => names.has(it.rule))),
    };
  });
}

/** A rule without a past. */
export function workingFor(rule: Rule): Working {
  return {
    rule,
    key: rule.name,
    first: null,
    begin: -Infinity,
    toldBefore: null,
    subjects: new Map(),
    undecided: new Map(),
    known: new Map(),
  };
}

/** A rule that the state knows goes on, one that came later begins where it began; a window before that moves it. */
function beginOf(
  from: RuleState | undefined,
  last: RuleState | undefined,
  isBeginning: boolean,
  oldest: number,
): number {
  if (from !== undefined) return -Infinity;
  const first = last?.first ?? oldest;
  return isBeginning ? Math.min(first, oldest) : first;
}

function nameIn(rules: ReadonlyMap<string, RuleState> | undefined, state: RuleState | undefined): string | undefined {
  return [...(rules ?? [])].find(([, it]) => it === state)?.[0];
}

function bySubject(known: readonly KeptAlert[]): ReadonlyMap<string, readonly KeptAlert[]> {
  return Map.groupBy(
    known.filter(({ alert: { state } }) => state !== 'told'),
    ({ alert }) => alert.subject.id,
  );
}
