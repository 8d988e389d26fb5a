import type { KeptWatch, WatchStore } from '../../../core/ports/watches/watch-store.ts';

/**
 * Those of a store that are of one kind. `shelf`: what stands before their names, as `sheet/`; empty: nothing does, as
 * no name has a slash.
 */
export function onShelf(store: WatchStore, shelf: string): WatchStore {
  const bare = (kept: KeptWatch): KeptWatch => ({ ...kept, name: kept.name.slice(shelf.length) });
  return {
    ...store,
    async claim(name, given) {
      const claimed = await store.claim(shelf + name, given);
      return claimed && { ...claimed, kept: bare(claimed.kept) };
    },
    keep: (token, { kept, ...news }) => store.keep(token, { kept: { ...kept, name: shelf + kept.name }, ...news }),
    async read(name) {
      const kept = await store.read(shelf + name);
      return kept && bare(kept);
    },
    async all() {
      const all = (await store.all()).filter(({ name }) => name.startsWith(shelf)).map(bare);
      return all.filter(({ name }) => !name.includes('/'));
    },
  };
}
