import { isState, type Rule } from '../../model/alerting/rule.ts';
import type { KeptAlert } from '../../ports/alerting/alert-store.ts';
import type { Round, Working } from '../fold/working.ts';
import { inForce } from '../fold/rules-in-force.ts';
import { isRemembered } from '../fold/once-turn.ts';
import type { RuleState } from '../fold/state.ts';
import type { Plan } from './plan.ts';

/** The rules of a plan with the memory that each goes on from. */
export function workingOf({ rules, base, prior, force, fresh, known }: Plan): readonly Working[] {
  const { taken } = inForce(base, rules);
  return rules.map((rule): Working => {
    const from = taken.get(rule.name);
    const last = force.taken.get(rule.name);
    const names = new Set([rule.name, nameIn(prior?.rules, last)]);
    return {
      ...workingFor(rule),
      key: last?.key ?? rule.name,
      first: from?.first ?? null,
      begin: beginOf(from, last, base === null, fresh[0]!.facts.window.start),
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

/**
 * A rule that the state knows goes on. One that came later begins where it began; before the filter's own beginning
 * all do.
 */
function beginOf(
  from: RuleState | undefined,
  last: RuleState | undefined,
  isBeginning: boolean,
  oldest: number,
): number {
  if (from !== undefined || isBeginning) return -Infinity;
  return last?.first ?? oldest;
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

/** Ids of what a rule may tell of in a window, where it must be known who was told. */
export function mayTell({ rule, undecided, begin }: Working, round: Round): readonly string[] {
  if (isState(rule.condition) || !isRemembered(rule) || begin > round.step.window.start) return [];
  const late = rule.condition.kind === 'new' ? [...undecided.keys(), ...unknownIn(round)] : [];
  return round.step.isFresh ? [...late, ...holdingIn(rule, round)] : late;
}

function unknownIn({ moment }: Round): readonly string[] {
  return [...moment.issues.values()].filter(({ isNew }) => isNew === null).map(({ id }) => id);
}

/** None of a rule that breaks: it tells of none. */
function holdingIn(rule: Rule, round: Round): readonly string[] {
  try {
    return round.judge(rule).holding.map(({ subject }) => subject.id);
  } catch {
    return [];
  }
}
