import { basename, dirname, join } from 'node:path';
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'rolldown';

/** A file that a source file names by its place beside it. */
const NAMED = /new URL\('(\.[^']+)', import\.meta\.url\)/g;

/**
 * Source files name others by `new URL('./x', import.meta.url)`. In the build all lies in one folder: an entry is named
 * by its file there, any other file is copied beside it.
 */
export function namedFiles(root: string, entries: readonly string[]): Plugin {
  return {
    name: 'named-files',
    async transform(code, id) {
      if (!id.startsWith(join(root, '/')) || id.includes('/node_modules/') || code.search(NAMED) < 0) return null;
      const from = dirname(id);
      for (const [, path] of code.matchAll(NAMED)) {
        const file = join(from, path!);
        if (entries.includes(file)) continue;
        const source = await readFile(file);
        this.emitFile({ type: 'asset', fileName: basename(file), originalFileName: file, source });
      }
      const rename = (_all: string, path: string): string =>
        `new URL('./${basename(path).replace(/\.ts$/, '.js')}', import.meta.url)`;
      return { code: code.replace(NAMED, rename), map: null };
    },
  };
}
