import { nearestOf } from '../../platform/nearest.ts';

/** Completes "… is not a key;" with the key that was probably meant, else with all of them. */
export function suggest(key: string, known: readonly string[]): string {
  const near = nearestOf(key, known);
  return near === undefined ? `write one of ${known.join(', ')}` : `did you mean ${near}?`;
}
