import { nearestOf } from '../platform/nearest.ts';
import { type Env, valueOf, type Variable } from './schema.ts';

/** A variable that is set and unknown, and the one that was probably meant. */
export interface NearVariable {
  readonly given: string;
  readonly meant: string;
}

/**
 * Unknown variables that are nearly one of ours. Only those that begin as one of ours does (`SENTRY_`) are looked at:
 * the environment is full of others. `named`: variables that files name as keys are known, and nobody means them.
 */
export function nearVariables(
  env: Env,
  variables: readonly Variable[],
  named: readonly string[],
): readonly NearVariable[] {
  const others = new Set(named.flatMap((name) => [name, `${name}_FILE`]));
  const known = new Set(variables.flatMap(({ env: name, sensitive }) => (sensitive ? [name, `${name}_FILE`] : [name])));
  const prefixes = new Set([...known].filter((name) => name.includes('_')).map(prefixOf));
  return Object.keys(env)
    .filter(
      (name) =>
        !known.has(name) && !others.has(name) && prefixes.has(prefixOf(name)) && valueOf(env, name) !== undefined,
    )
    .toSorted()
    .flatMap((given) => {
      const meant = nearestOf(given, known);
      return meant === undefined ? [] : [{ given, meant }];
    });
}

/** NOTE: with its underscore: `PORTAL` is none of ours. */
function prefixOf(name: string): string {
  return name.slice(0, name.indexOf('_') + 1);
}
