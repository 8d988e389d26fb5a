import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { folder } from '../process/temp-folder.ts';
import type { TroubledLedger } from './types.ts';

/** ext4 on a disk in a file, which its kernel lets nobody write any more after an error; only some may make that. */
export async function sqliteReadOnly(): Promise<TroubledLedger | undefined> {
  const place = folder({});
  const [disk, image] = [place.file('disk'), place.file('image')];
  const run = (...[program, ...args]: readonly string[]): string | undefined => {
    const { status, stdout } = spawnSync(program!, args, { encoding: 'utf8' });
    return status === 0 ? stdout.trim() : undefined;
  };
  mkdirSync(disk);
  const mount = (from: string) => run('mount', '-o', 'loop,errors=remount-ro', from, disk);
  writeFileSync(image, '');
  truncateSync(image, 16 << 20);
  const device = [run('mkfs.ext4', '-q', '-F', image), mount(image)].every((it) => it !== undefined)
    ? run('findmnt', '-n', '-o', 'SOURCE', disk)
    : undefined;
  const trigger = `/sys/fs/ext4/${basename(device ?? 'none')}/trigger_fs_error`;
  const close = async (): Promise<void> => {
    while (run('umount', '-l', disk) !== undefined);
    place.remove();
  };
  if (!existsSync(trigger)) return void (await close());
  return {
    url: `sqlite:${disk}/ledger.db`,
    needsRestart: true,
    begin: async () => {
      run('sync', '-f', disk);
      writeFileSync(trigger, '1');
    },
    // As a machine does that starts again: the disk's journal is played.
    end: async () => {
      if (run('umount', disk) === undefined || mount(image) === undefined)
        throw new Error('the disk cannot be used again');
    },
    close,
  };
}
