import type { LogFile, LogFiles } from '../../../src/core/ports/events/log-files.ts';

/** A disk in memory, whose files others write while they are read. The numbers of deleted files are used again. */
export interface MemoryDisk extends LogFiles {
  /** Makes an empty file, also where there is one. */
  create(path: string): void;
  write(path: string, bytes: string | Uint8Array): void;
  rename(from: string, to: string): void;
  remove(path: string): void;
  empty(path: string): void;
  has(path: string): boolean;
  bytes(path: string): Uint8Array;
  /** When it was written last, epoch ms; `at` sets it. */
  modified(path: string, at?: number): number;
}

interface Node {
  readonly inode: number;
  bytes: Uint8Array;
  modifiedAt: number;
  readers: number;
  isNamed: boolean;
}

/** `tick` is called before whatever is read. */
export function createMemoryDisk(now: () => number, tick: () => void): MemoryDisk {
  const [names, used] = [new Map<string, Node>(), new Set<number>()];
  const node = (path: string): Node => {
    const found = names.get(path);
    if (found === undefined) throw Object.assign(new Error(`no ${path}`), { code: 'ENOENT' });
    return found;
  };
  const left = (it: Node): void => {
    if (!it.isNamed && it.readers === 0) used.delete(it.inode);
  };
  const drop = (path: string): void => {
    const it = names.get(path);
    if (it === undefined) return;
    names.delete(path);
    it.isNamed = false;
    left(it);
  };
  const put = (it: Node, bytes: Uint8Array): void => {
    it.bytes = bytes;
    it.modifiedAt = now();
  };
  return {
    create(path) {
      drop(path);
      let inode = 1;
      while (used.has(inode)) inode++;
      used.add(inode);
      names.set(path, { inode, bytes: new Uint8Array(), modifiedAt: now(), readers: 0, isNamed: true });
    },
    write: (path, some) => put(node(path), Buffer.concat([node(path).bytes, Buffer.from(some as Uint8Array)])),
    rename(from, to) {
      const it = node(from);
      drop(to);
      names.delete(from);
      names.set(to, it);
    },
    remove: drop,
    empty: (path) => put(node(path), new Uint8Array()),
    has: (path) => names.has(path),
    bytes: (path) => node(path).bytes,
    modified: (path, at) => (node(path).modifiedAt = at ?? node(path).modifiedAt),
    names: async (folder) => (tick(), [...names.keys()].map((it) => it.slice(folder.length + 1))),
    append: async () => assertNever(),
    open: async (path) => (tick(), opened(node(path), tick, left)),
  };
}

function opened(it: Node, tick: () => void, left: (it: Node) => void): LogFile {
  it.readers++;
  return {
    async facts() {
      tick();
      return { device: '1', inode: String(it.inode), size: it.bytes.length, modifiedAt: it.modifiedAt };
    },
    async read(buffer, at) {
      tick();
      const some = it.bytes.subarray(at, at + buffer.length);
      buffer.set(some);
      return some.length;
    },
    async close() {
      it.readers--;
      left(it);
    },
  };
}

function assertNever(): never {
  throw new Error('nobody writes here');
}
