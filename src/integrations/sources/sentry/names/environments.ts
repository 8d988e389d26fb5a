import type { Gap } from '../../../../core/model/gap.ts';
import { nearestOf } from '../../../../platform/nearest.ts';
import type { Project } from '../api/projects.ts';

/** So many names are told when none is near. */
const MOST_TOLD = 5;

/** That the server knows no such environment. `known`: those of the filter's projects, as far as is known. */
export function unknownEnvironment(name: string, org: string, known: readonly string[]): Gap {
  return {
    part: 'totals',
    reason: 'environment_not_found',
    detail:
      `no environment ${name} in ${org}: misspelt, or it had no event yet, so its count is not known` +
      hintFor(name, known),
  };
}

/** What may have been meant: ends a sentence. */
export function hintFor(name: string, known: readonly string[]): string {
  const near = nearestOf(name, known);
  if (near !== undefined) return `; did you mean ${near}?`;
  if (known.length === 0) return '';
  const told = known.toSorted().slice(0, MOST_TOLD);
  const more = known.length > told.length ? `, and ${known.length - told.length} more` : '';
  return `; there are ${told.join(', ')}${more}`;
}

/** Of all these projects together; undefined: of one of them nothing is known. */
export function environmentsOf(projects: readonly Project[]): readonly string[] | undefined {
  const lists = projects.map(({ environments }) => environments);
  return lists.includes(undefined) ? undefined : [...new Set(lists.flatMap((list) => list ?? []))];
}

/**
 * Environments that the organization has and that none of these projects has had an event in, although it has had some
 * in another one of nearly that name: zeros there are no all-clear. What is not known is not doubted.
 */
export function doubtful(wanted: readonly string[], projects: readonly Project[]): readonly Gap[] {
  const known = environmentsOf(projects) ?? wanted;
  const others = known.filter((name) => !wanted.includes(name));
  return wanted
    .filter((name) => !known.includes(name))
    .flatMap((name): Gap[] => {
      const near = nearestOf(name, others);
      if (near === undefined) return [];
      return [
        {
          part: 'totals',
          reason: 'environment_not_found',
          detail: `no event of these projects was ever in the environment ${name}; did you mean ${near}?`,
        },
      ];
    });
}
