import { dirname } from 'node:path';
import type { LogFiles } from '../core/ports/events/log-files.ts';
import { isBelow, OUTSIDE } from './is-below.ts';
import { realFolder } from './real-files.ts';

/** The files below these folders alone, wherever links on the way lead. Others reject with the code `OUTSIDE`. */
export function filesWithin(files: LogFiles, roots: readonly string[]): LogFiles {
  const check = async (folder: string): Promise<void> => {
    const there = await realFolder(folder);
    const known = await Promise.all(roots.map((root) => realFolder(root).catch(() => null)));
    if (known.some((root) => root !== null && isBelow(there, root))) return;
    throw Object.assign(new Error(`${folder} is outside of FILE_ROOTS`), { code: OUTSIDE });
  };
  return {
    async names(folder) {
      await check(folder);
      return files.names(folder);
    },
    async open(path) {
      await check(dirname(path));
      return files.open(path);
    },
    async append(path, text) {
      await check(dirname(path));
      return files.append(path, text);
    },
  };
}
