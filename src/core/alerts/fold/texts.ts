import type { Rule } from '../../model/alerting/rule.ts';
import { isoOf, type Window } from '../../model/window.ts';
import type { Judgement } from '../judge/kind.ts';
import { minuteText } from '../words/times.ts';
import { UNSTEADY } from './row.ts';
import type { Episode } from './state.ts';

/** Of a window in which it cannot be told: what was known last. */
export function lastKnown(judgement: Judgement, { known }: Episode): Judgement {
  const { end, value, limit } = known;
  const last = value === null ? '' : `: ${value}${limit === null ? '' : ` (limit ${limit})`}`;
  const why = `${judgement.why}; last known ${isoOf(end).slice(11, 16)} UTC${last}`;
  return { ...judgement, value, limit, why };
}

/** Of so many issues that are one message; another one in each window. */
export function together({ name, filter }: Rule, issues: number, { end }: Window): string {
  return `"${name}" of ${filter} has ${issues} issues at once, at ${minuteText(end)}: they are told together`;
}

/** Of what others are told because it does not end; `from`: since when people know of it, epoch ms. */
export function lasting(judgement: Judgement, from: number): Judgement {
  return { ...judgement, why: `${judgement.why}; told ${minuteText(from)}, and nobody is on it yet` };
}

/** Of what changes too often to be told each time; `changes`: within the last hour. */
export function unsteady(judgement: Judgement, changes: number): Judgement {
  const why = `${changes} changes within an hour: it is unsteady, and told again when it is steady`;
  return { ...judgement, value: changes, limit: UNSTEADY, expected: null, atLeast: false, why };
}

/** Of what changes no longer; `isOn`: it lasts. */
export function steady(judgement: Judgement, isOn: boolean): Judgement {
  const why = `0 changes within an hour: it is steady again, and ${isOn ? 'lasts' : 'over'}: ${judgement.why}`;
  return { ...judgement, value: 0, limit: UNSTEADY, expected: null, why };
}

/** Of a window that was counted again, and is judged otherwise than at first. */
export function countedLate(first: number, now: number): string {
  return `counted late: first ${first}, now ${now}`;
}
