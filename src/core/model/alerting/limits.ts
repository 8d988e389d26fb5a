import { PERIOD_MS } from '../window.ts';
import type { Rule } from './rule.ts';

/** How many windows in a row make a state begin and end. */
export interface Limits {
  readonly hold: number;
  readonly clear: number;
}

/** `none` and `incomplete` last for as long as they say before they begin, and one window ends them. */
export function limitsOf({ condition, hold, clear }: Pick<Rule, 'condition' | 'hold' | 'clear'>): Limits {
  if (condition.kind !== 'none' && condition.kind !== 'incomplete') return { hold, clear };
  return { hold: Math.ceil(condition.spanMs / PERIOD_MS) + hold - 1, clear: 1 };
}
