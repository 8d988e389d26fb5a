import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { configIn } from './config-item.ts';

/** Writes the files of a copy below a folder; gives back their paths. One that is there is never overwritten. */
export async function restoreConfig(copy: string, into: string): Promise<readonly string[]> {
  const texts = Object.entries(await configIn(copy));
  // Of a whole path `..` leads to nowhere above its root.
  const files = texts.map(([path, text]) => ({ path: join(into, normalize(`/${path}`)), text }));
  for (const { path, text } of files) {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(path, text, { flag: 'wx', mode: 0o600 });
  }
  return files.map(({ path }) => path);
}
