import type { Located } from '../filters/load.ts';
import type { InForce } from './in-force.ts';

/** What became of the filters. */
export interface Change {
  /** Names. */
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
  /** Those that were added or changed. */
  readonly fresh: readonly Located[];
  /** Files that are gone, with the names of the filters that went with them. */
  readonly gone: ReadonlyMap<string, readonly string[]>;
}

/** A filter that only moved, in its file or to another one, is the same. */
export function changeOf(before: InForce, after: InForce): Change {
  const old = new Map(before.filters.map((filter) => [filter.name, meaning(filter)]));
  const left = new Set(after.filters.map(({ name }) => name));
  const fresh = after.filters.filter((filter) => old.get(filter.name) !== meaning(filter));
  const names = fresh.map(({ name }) => name);
  const lost = [...before.texts.keys()].filter((path) => !after.texts.has(path));
  const gone = lost.map((path): [string, string[]] => [
    path,
    before.filters.filter(({ name, place }) => place.file === path && !left.has(name)).map(({ name }) => name),
  ]);
  return {
    added: names.filter((name) => !old.has(name)),
    changed: names.filter((name) => old.has(name)),
    removed: [...old.keys()].filter((name) => !left.has(name)),
    fresh,
    gone: new Map(gone),
  };
}

function meaning({ place: _where, ...filter }: Located): string {
  return JSON.stringify(filter, (key, value: unknown) => (key === 'where' ? undefined : value));
}
