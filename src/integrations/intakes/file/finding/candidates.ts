import type { FileFacts, LogFile, LogFiles } from '../../../../core/ports/events/log-files.ts';
import type { Tracked } from '../position.ts';
import { isAbsent } from './pattern.ts';
import { bytesAt, isPrint, PRINT_BYTES } from './prints.ts';
import { rotatedName, splitPath } from './rotated.ts';
import { textFrom } from './unpack.ts';

/** A file that rotation may have made of another. */
export interface Candidate extends FileFacts {
  readonly path: string;
  readonly isPacked: boolean;
}

/** Looks at what may be moving until it stood still. */
const MOST_LOOKS = 20;

/** Those beside the path, the oldest first. What may not be opened is none. */
export async function candidatesOf(live: string, files: LogFiles): Promise<readonly Candidate[]> {
  let found = await listOf(live, files);
  // NOTE: rotation renames one after the other; who lists them meanwhile may see one twice, and another not at all.
  for (let n = 0; n < MOST_LOOKS; n++) {
    const again = await listOf(live, files);
    if (
      again.length === found.length &&
      again.every((it, at) => isSameFile(it, found[at]!) && it.path === found[at]!.path)
    )
      return again;
    found = again;
  }
  throw moving(live);
}

/** Files changed places while they were looked at: nothing that was found out of them is sure. */
export function moving(path: string): Error {
  return Object.assign(new Error(`files beside ${path} change all the time`), { code: MOVING });
}

export function isMoving(error: unknown): boolean {
  return (error as { readonly code?: unknown }).code === MOVING;
}

const MOVING = 'EAGAIN';

async function listOf(live: string, files: LogFiles): Promise<readonly Candidate[]> {
  const [folder, liveName] = splitPath(live);
  const names = await files.names(folder === '' ? '/' : folder).catch(() => []);
  const found: Candidate[] = [];
  for (const name of names.toSorted()) {
    const rotated = rotatedName(liveName, name);
    if (rotated === null) continue;
    const path = `${folder}/${name}`;
    const facts = await withFile(path, files, (file) => file.facts()).catch(() => null);
    if (facts !== null) found.push({ path, ...rotated, ...facts });
  }
  return found.toSorted((a, b) => a.modifiedAt - b.modifiedAt);
}

export async function withFile<T>(path: string, files: LogFiles, use: (file: LogFile) => Promise<T>): Promise<T> {
  const file = await files.open(path);
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** Opens one that was listed. Rejects as `moving` where another stands there by now, or nothing. */
export async function withCandidate<T>(it: Candidate, files: LogFiles, use: (file: LogFile) => Promise<T>): Promise<T> {
  try {
    return await withFile(it.path, files, async (file) => {
      if (!isSameFile(await file.facts(), it)) throw moving(it.path);
      return use(file);
    });
  } catch (error) {
    throw isAbsent(error) ? moving(it.path) : error;
  }
}

/** Whether it is the file, or a copy of it; rejects as `withCandidate` does. */
export async function holds(it: Candidate, tracked: Tracked, files: LogFiles): Promise<boolean> {
  return withCandidate(it, files, async (file) => holdsText(file, it, tracked)).catch((error: unknown) => {
    if (isMoving(error)) throw error;
    return false;
  });
}

/** Whether what was read of a file stands in this one, packed or not. */
export async function holdsText(
  file: LogFile,
  { isPacked, size }: Pick<Candidate, 'isPacked' | 'size'>,
  tracked: Tracked,
): Promise<boolean> {
  return isPacked ? packedHoldsRead(file, tracked) : holdsRead(file, size, tracked);
}

export function isSameFile(a: Pick<FileFacts, 'device' | 'inode'>, b: Pick<FileFacts, 'device' | 'inode'>): boolean {
  return a.device === b.device && a.inode === b.inode;
}

/** Whether what was read of a file stands in this one. */
export async function holdsRead(file: LogFile, size: number, { offset, head, tail }: Tracked): Promise<boolean> {
  if (size < offset) return false;
  if (!isPrint(await bytesAt(file, 0, head.length), head)) return false;
  return isPrint(await bytesAt(file, offset - tail.length, tail.length), tail);
}

/** The same of a packed one; false where it cannot be unpacked so far. */
async function packedHoldsRead(file: LogFile, { offset, head, tail }: Tracked): Promise<boolean> {
  const first = new Uint8Array(PRINT_BYTES);
  const last = new Uint8Array(tail.length);
  let at = 0;
  try {
    for await (const piece of textFrom(file, true, 0)) {
      if (at < PRINT_BYTES) first.set(piece.subarray(0, PRINT_BYTES - at), at);
      const from = offset - tail.length - at;
      const part = piece.subarray(Math.max(0, from), Math.max(0, offset - at));
      if (part.length > 0) last.set(part, Math.max(0, -from));
      at += piece.length;
      if (at >= PRINT_BYTES && !isPrint(first.subarray(0, head.length), head)) return false;
      if (at >= offset && at >= head.length) break;
    }
  } catch {
    return false;
  }
  return at >= offset && isPrint(first.subarray(0, Math.min(at, head.length)), head) && isPrint(last, tail);
}
