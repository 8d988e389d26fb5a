import { faultOf } from '../../model/errors.ts';
import type { Rule, RuleKind } from '../../model/alerting/rule.ts';
import type { Window } from '../../model/window.ts';
import { anomaly } from './anomaly.ts';
import { any } from './any.ts';
import { events } from './events.ts';
import { incomplete } from './incomplete.ts';
import type { Judgement, Kind, Moment, Needs } from './kind.ts';
import { isNew } from './new.ts';
import { none } from './none.ts';
import { regressed } from './regressed.ts';
import { unknown } from './parts/subjects.ts';
import { title } from './title.ts';
import { top } from './top.ts';
import { trending } from './trending.ts';
import { unticketed } from './unticketed.ts';
import { users } from './users.ts';

/** Every kind of sentence. */
export const KINDS: { readonly [K in RuleKind]: Kind<K> } = {
  new: isNew,
  regressed,
  trending,
  events,
  users,
  anomaly,
  top,
  title,
  any,
  unticketed,
  none,
  incomplete,
};
export type Kinds = typeof KINDS;

/** What a rule makes of a window. */
export interface Judged {
  /** For the subjects for which it holds. */
  readonly holding: readonly Judgement[];
  /** For any subject. One by which the rule breaks cannot be told, and is among the faults. */
  of(id: string): Judgement;
  readonly faults: readonly string[];
}

const NOTHING: Needs = { totals: [], sums: [] };

/** The spans of which a rule needs something in a window. */
export function needsOf(rule: Rule, window: Window, kinds: Kinds): Needs {
  return kindOf(rule, kinds).needs?.(rule, window) ?? NOTHING;
}

/** For people, what ends what a rule tells; null: it is told once. */
export function endsWhen(rule: Rule, kinds: Kinds): string | null {
  return kindOf(rule, kinds).endsWhen(rule);
}

/** Judges a window. A rule that breaks by one subject is right for all others. */
export function judge(rule: Rule, moment: Moment, kinds: Kinds): Judged {
  const kind = kindOf(rule, kinds);
  const faults: string[] = [];
  const ofOne = kind.judge(rule, moment);
  const guarded = (id: string, act: () => Judgement | null): Judgement | null => {
    try {
      return act();
    } catch (error) {
      faults.push(`${id}: ${faultOf(error).message}`);
      return unknown({ kind: rule.each, id, title: id }, 'the rule broke');
    }
  };
  const mayHold = (id: string): boolean => {
    const issue = moment.issues.get(id);
    return issue === undefined || (kind.mayHold?.(rule, issue) ?? true);
  };
  const ids = rule.each === 'filter' ? [moment.filter] : (kind.ids?.(rule, moment) ?? moment.issues.keys());
  const found = [...ids].map((id) => guarded(id, () => (mayHold(id) ? ofOne(id) : null)));
  return {
    holding: found.filter((it): it is Judgement => it?.holds === true),
    of: (id) => guarded(id, () => ofOne(id))!,
    faults,
  };
}

/** NOTE: the registry holds each kind under its own name, which is what makes this true. */
function kindOf(rule: Rule, kinds: Kinds): Kind {
  return kinds[rule.condition.kind];
}
