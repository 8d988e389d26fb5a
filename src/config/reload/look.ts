import { createHash } from 'node:crypto';
import { type FilterDisk, isFiltersFile } from '../filters/files.ts';

/** What is needed of `node:fs/promises`, which fits as it is: who waits for a disk holds up nobody. */
export interface LookDisk {
  stat(path: string): Promise<{ isDirectory(): boolean; isFile(): boolean; readonly mtimeMs: number }>;
  readdir(path: string): Promise<string[]>;
  readFile(path: string): Promise<Uint8Array>;
}

/** The filters file, or the folder of them, as it was at one moment. */
export interface Look {
  /** Two looks with the same print saw the same texts, written at the same time. */
  readonly print: string;
  /** To be read from: it says what was seen. */
  readonly disk: FilterDisk;
}

/** Of one path. */
interface Seen {
  readonly kind: 'file' | 'folder' | 'other';
  readonly mtimeMs: number;
  readonly names: string[];
  readonly bytes: Uint8Array;
}

/** Never rejects: what could not be read is part of what was seen. */
export async function look(path: string, disk: LookDisk): Promise<Look> {
  const seen = new Map<string, Seen | Error>();
  const note = async (at: string): Promise<Seen | Error> => {
    const found = await seeAt(at, disk).catch((error: unknown) =>
      error instanceof Error ? error : new Error('unknown'),
    );
    seen.set(at, found);
    return found;
  };
  const top = await note(path);
  if (!(top instanceof Error))
    for (const name of top.names.filter(isFiltersFile)) await note(`${path.replace(/\/+$/, '')}/${name}`);
  return { print: printOf(seen), disk: replay(seen) };
}

async function seeAt(path: string, disk: LookDisk): Promise<Seen> {
  const found = await disk.stat(path);
  const kind = kindOf(found);
  const names = kind === 'folder' ? await disk.readdir(path) : [];
  const bytes = kind === 'file' ? await disk.readFile(path) : new Uint8Array();
  return { kind, mtimeMs: kind === 'file' ? found.mtimeMs : 0, names, bytes };
}

function kindOf(found: { isDirectory(): boolean; isFile(): boolean }): Seen['kind'] {
  if (found.isDirectory()) return 'folder';
  return found.isFile() ? 'file' : 'other';
}

/** NOTE: not of all names: what else lies in the folder is none of ours. */
function printOf(seen: ReadonlyMap<string, Seen | Error>): string {
  const hash = createHash('sha256');
  for (const [path, it] of [...seen].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(
      JSON.stringify([path, it instanceof Error ? String(codeOf(it)) : [it.kind, it.mtimeMs, it.bytes.length]]),
    );
    if (!(it instanceof Error)) hash.update(it.bytes);
  }
  return hash.digest('hex');
}

function codeOf(error: Error): unknown {
  return 'code' in error ? error.code : error.message;
}

function replay(seen: ReadonlyMap<string, Seen | Error>): FilterDisk {
  const at = (path: string): Seen => {
    const found = seen.get(path);
    if (found === undefined || found instanceof Error) throw found ?? new Error(`${path} was not looked at`);
    return found;
  };
  return {
    statSync: (path) => {
      const { kind } = at(path);
      return { isDirectory: () => kind === 'folder', isFile: () => kind === 'file' };
    },
    readdirSync: (path) => at(path).names,
    readFileSync: (path) => at(path).bytes,
  };
}
