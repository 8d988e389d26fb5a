import { gzipSync } from 'node:zlib';
import type { MemoryDisk } from './memory-disk.ts';

/** How a log is put aside: step by step, so that a reader may look between any two of them. */
export type Rotation = (disk: MemoryDisk, live: string) => Generator<void, void>;

export const ROTATIONS: Readonly<Record<'renamed' | 'packed at once' | 'packed later' | 'copied', Rotation>> = {
  *renamed(disk, live) {
    yield* moveOn(disk, live, '');
    disk.rename(live, `${live}.1`);
    yield;
    disk.create(live);
  },
  *'packed at once'(disk, live) {
    yield* moveOn(disk, live, '.gz');
    yield* pack(disk, live, `${live}.1.gz`);
    yield;
    disk.create(live);
  },
  *'packed later'(disk, live) {
    yield* moveOn(disk, live, '.gz');
    if (disk.has(`${live}.1`)) disk.rename(`${live}.1`, `${live}.2`);
    yield;
    disk.rename(live, `${live}.1`);
    yield;
    disk.create(live);
    yield;
    if (!disk.has(`${live}.2`)) return;
    const at = disk.modified(`${live}.2`);
    yield* pack(disk, `${live}.2`, `${live}.2.gz`, at);
  },
  *copied(disk, live) {
    yield* moveOn(disk, live, '');
    disk.create(`${live}.1`);
    yield;
    const all = disk.bytes(live);
    const half = Math.floor(all.length / 2);
    disk.write(`${live}.1`, all.subarray(0, half));
    yield;
    disk.write(`${live}.1`, all.subarray(half));
    yield;
    disk.empty(live);
  },
};

function* moveOn(disk: MemoryDisk, live: string, end: string): Generator<void, void> {
  for (let n = 200; n > 0; n--) {
    if (!disk.has(`${live}.${n}${end}`)) continue;
    disk.rename(`${live}.${n}${end}`, `${live}.${n + 1}${end}`);
    yield;
  }
}

/** `at`: what is packed is said to be as old as that, as gzip does, epoch ms. */
function* pack(disk: MemoryDisk, from: string, to: string, at?: number): Generator<void, void> {
  const packed = gzipSync(disk.bytes(from));
  disk.create(to);
  yield;
  disk.write(to, packed.subarray(0, 10));
  yield;
  disk.write(to, packed.subarray(10));
  yield;
  if (at !== undefined) disk.modified(to, at);
  yield;
  disk.remove(from);
}
