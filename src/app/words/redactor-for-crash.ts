import { filtersPath } from '../../config/settings.ts';
import type { Redact } from '../../platform/redact.ts';
import { givenBy } from '../assemble.ts';
import { keyNamesOf } from '../part-kinds.ts';
import { filtersAt } from '../vet.ts';
import type { World } from '../world.ts';

/** Hides every secret that settings and filters files name, for a program that broke. Reads all of them again. */
export function redactorForCrash(world: Pick<World, 'env' | 'disk'>): Redact {
  const given = givenBy(world);
  try {
    given.named(keyNamesOf(filtersAt(filtersPath(given.env), world.disk).parts));
  } catch {
    // Files that break the program are no reason to say nothing.
  }
  return given.redact;
}
