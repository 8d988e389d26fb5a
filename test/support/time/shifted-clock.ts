import { renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../process/temp-folder.ts';
import type { RemoteSandbox } from '../process/services.ts';

/** The clock of real processes (preload-clock.cjs) and of their sandbox, moved together. */
export interface ShiftedClock {
  /** For a process that is to live by it. */
  readonly env: Readonly<Record<string, string>>;
  now(): number;
  /** From now on it is so late, epoch ms, and time goes on from there. */
  set(instant: number): Promise<void>;
  remove(): void;
}

export async function shiftedClock(sandbox: Pick<RemoteSandbox, 'command'>): Promise<ShiftedClock> {
  const files = folder({ offset: '0' });
  const state = { offset: 0 };
  return {
    env: {
      CLOCK_FILE: files.file('offset'),
      NODE_OPTIONS: `--require=${join(import.meta.dirname, 'preload-clock.cjs')}`,
    },
    now: () => Date.now() + state.offset,
    set: async (instant) => {
      state.offset = instant - Date.now();
      writeFileSync(files.file('next'), String(state.offset));
      renameSync(files.file('next'), files.file('offset'));
      await sandbox.command('clock', { offsetMs: state.offset });
    },
    remove: files.remove,
  };
}
