import { type NearVariable, nearVariables } from '../../config/near-variables.ts';
import { type Env, valueOf } from '../../config/schema.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { FilterSet } from '../../config/filters/load.ts';
import { keyNamesOf, variables } from '../part-kinds.ts';

/** What files set up, with faults or without. */
type Parts = Pick<FilterSet, 'parts' | 'lostParts'>;

/** Variables that nobody reads, and that are nearly one of ours. */
export function misspelt(env: Env, files: Parts): readonly Finding[] {
  return nearIn(env, files).map(({ given, meant }) => ({
    check: 'settings',
    status: 'warning',
    variable: given,
    say: `is no variable of this program; did you mean ${meant}?`,
  }));
}

/** Ends the fault of a variable that is not set: whether one of nearly its name is. */
export function hintFor(variable: string, env: Env, files: Parts): string {
  if (valueOf(env, variable) !== undefined) return '';
  const near = nearIn(env, files).find(({ meant }) => meant === variable);
  return near === undefined ? '' : `; ${near.given} is set: is it meant to be this one?`;
}

function nearIn(env: Env, { parts, lostParts }: Parts): readonly NearVariable[] {
  return nearVariables(env, variables, keyNamesOf([...parts, ...lostParts]));
}
