import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workshop } from '../../core/ports/backup/place.ts';

const BEGINS = '.sentry-monitor-work-';
/** Whoever made one so long ago has died, ms. */
const LOST_MS = 86_400_000;

/** A folder of its own in that folder, for this user alone; what others left behind goes. */
export async function openWorkshop(folder: string, now: number): Promise<Workshop> {
  await removeLost(folder, now);
  const path = join(folder, `${BEGINS}${randomUUID()}`);
  await mkdir(path, { mode: 0o700 });
  return {
    path,
    async write(name, text) {
      const file = join(path, name);
      await writeFile(file, text, { flag: 'wx', mode: 0o600 });
      return file;
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}

async function removeLost(folder: string, now: number): Promise<void> {
  for (const name of (await readdir(folder)).filter((it) => it.startsWith(BEGINS))) {
    const path = join(folder, name);
    const made = await stat(path).catch(() => null);
    if (made !== null && made.mtimeMs < now - LOST_MS) await rm(path, { recursive: true, force: true });
  }
}
