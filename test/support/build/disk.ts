import type { FilterDisk } from '../../../src/config/filters/load.ts';
import type { LookDisk } from '../../../src/config/reload/look.ts';

/** A disk as a `World` has it: what is read later finds the same files, as old as ever. */
export function diskOf<D extends FilterDisk>(disk: D): D & { readonly promises: LookDisk } {
  return {
    ...disk,
    promises: {
      stat: async (path) => ({ ...disk.statSync(path), mtimeMs: 0 }),
      readdir: async (path) => disk.readdirSync(path),
      readFile: async (path) => disk.readFileSync(path),
    },
  };
}
