import { nearVariables } from '../../config/near-variables.ts';
import { type Env, valueOf } from '../../config/schema.ts';
import type { Finding } from '../../core/ports/finding.ts';
import { variables } from '../part-kinds.ts';

/** Variables that nobody reads, and that are nearly one of ours. */
export function misspelt(env: Env): readonly Finding[] {
  return nearVariables(env, variables).map(({ given, meant }) => ({
    check: 'settings',
    status: 'warning',
    variable: given,
    say: `is no variable of this program; did you mean ${meant}?`,
  }));
}

/** Ends the fault of a variable that is not set: whether one of nearly its name is. */
export function hintFor(variable: string, env: Env): string {
  if (valueOf(env, variable) !== undefined) return '';
  const near = nearVariables(env, variables).find(({ meant }) => meant === variable);
  return near === undefined ? '' : `; ${near.given} is set: is it meant to be this one?`;
}
