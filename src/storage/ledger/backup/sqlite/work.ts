import type { Facts } from '../../../../core/ports/backup/item.ts';
import { mustLieBetween } from '../differences.ts';
import { rowsIn } from '../copy-text.ts';
import { fillFile } from './fill-file.ts';
import { checkWhole, factsIn, openForReading } from './read-file.ts';

/**
 * - copy: of a file that is in use, into a new one
 * - look: at a file that is whole
 * - fill: tables of a file, which are there, from rows in a packed text; then it is looked at
 */
export type FileJob =
  | { readonly kind: 'copy'; readonly from: string; readonly to: string }
  | { readonly kind: 'look'; readonly file: string }
  | { readonly kind: 'fill'; readonly from: string; readonly file: string };

/** What the copy, or the file, has. Rejects with what is wrong with it, for people. */
export function workOnFile(job: FileJob): Promise<Facts> {
  if (job.kind === 'copy') return copyFile(job.from, job.to);
  return job.kind === 'look' ? lookAt(job.file) : fill(job.from, job.file);
}

async function fill(from: string, path: string): Promise<Facts> {
  await fillFile(rowsIn(from), path);
  return lookAt(path);
}

/** NOTE: others may write while the copy is made; what lies in neither of two looks at it was not copied right. */
async function copyFile(from: string, to: string): Promise<Facts> {
  const file = openForReading(from);
  try {
    const before = await factsIn(file);
    file.prepare('VACUUM INTO ?').run(to);
    const found = await lookAt(to);
    mustLieBetween(found, before, await factsIn(file));
    return found;
  } finally {
    file.close();
  }
}

async function lookAt(path: string): Promise<Facts> {
  const file = openForReading(path);
  try {
    checkWhole(file);
    return await factsIn(file);
  } finally {
    file.close();
  }
}
