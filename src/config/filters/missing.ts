import { LISTS, ofFilters } from './file.ts';
import { KEYS } from './keys.ts';
import { SECTIONS } from './parts/part-keys.ts';
import type { Key } from './shape.ts';
import { isMap, type Path } from './sheet.ts';

/** What is wrong with the thing at a path; what to do. */
export interface Objection {
  readonly path: Path;
  readonly text: string;
}

const NEEDED = Object.entries<Key>(KEYS).filter(([, { needed }]) => needed !== undefined);

/** Keys that neither a filter nor the file's defaults have, whatever is right or wrong with their values. */
export function missingKeys(file: unknown): readonly Objection[] {
  if (!isMap(file)) return [];
  if (![...LISTS, ...Object.keys(SECTIONS)].some((section) => has(file, section)))
    return [{ path: [], text: ofFilters('is missing') }];
  if (!Array.isArray(file['filters'])) return [];
  const { defaults } = file;
  return file['filters'].flatMap((filter: unknown, index) => {
    if (!isMap(filter)) return [];
    const missing = NEEDED.filter(([key, { own }]) => !has(filter, key) && (own !== undefined || !has(defaults, key)));
    return missing.map(([key, { needed }]) => ({ path: ['filters', index], text: `${key} is missing; ${needed}` }));
  });
}

function has(map: unknown, key: string): boolean {
  return isMap(map) && Object.hasOwn(map, key);
}
