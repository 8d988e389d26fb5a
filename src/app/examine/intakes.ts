import { EVENTS } from '../../core/ports/events/intake.ts';
import type { Finding } from '../../core/ports/finding.ts';
import type { Scope } from '../../core/ports/scope.ts';
import type { Source } from '../../core/ports/source.ts';
import type { Check } from './check.ts';

const NAME = 'intakes';

/** Intakes that are named like a project of another source: a filter that names it may mean either. */
export function intakesCheck(names: readonly string[], sources: readonly Source[]): readonly Check[] {
  if (names.length === 0) return [];
  return sources
    .filter(({ name }) => name !== EVENTS)
    .map((source) => ({ name: NAME, run: ({ scope }) => twinsOf(source, names, scope) }));
}

async function* twinsOf(source: Source, names: readonly string[], scope: Scope): AsyncGenerator<Finding> {
  // One that cannot be asked says so in its own check.
  const known = (await source.projects?.(scope).catch(() => [])) ?? [];
  for (const twin of names.filter((name) => known.some(({ slug }) => slug === name)))
    yield {
      check: NAME,
      status: 'warning',
      say:
        `${source.name} has a project named ${twin} too, and filters that name it read the intake; rename the ` +
        `intake, or write source: ${source.name} into filters that mean the project`,
    };
}
