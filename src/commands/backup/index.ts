import { backupNow } from '../../app/backup/by-hand.ts';
import type { BackupMade, ItemMade } from '../../core/backup/make.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';

const OPTIONS = { to: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

/** Copies of what nobody can make again. */
export const backup: Command = {
  summary: 'copies the ledger, restores the copy beside, and compares',
  help: `sentry-monitor backup --to <folder> [--json]

Copies the ledger into a folder, reads the copy back, restores it beside and
compares it with what the ledger has. A copy that is not the same is deleted.

  --to    the folder; it must be there
  --json  what came of it as JSON

Exit codes: 0 made and compared; 1 something failed, which it says; 2 bad call.
`,
  options: OPTIONS,
  async run(args, world) {
    const { to, json } = readOptions(args, OPTIONS).values;
    if (to === undefined) throw new BadCall('--to is missing; write the folder for the copies');
    return orFaults(world.err, async () => {
      const made = await backupNow(to, null, world);
      world.out.write(json ? `${JSON.stringify(made, null, 2)}\n` : textOf(made));
      return made.items.some((it) => 'fault' in it) ? 1 : 0;
    });
  },
};

function textOf({ items }: BackupMade): string {
  return items.map(lineOf).join('');
}

function lineOf(made: ItemMade): string {
  if ('fault' in made) return `failed  ${made.item}: ${made.fault}\n`;
  return `ok      ${made.item}: ${made.name}, ${made.bytes} bytes, restored and compared: ${made.said}\n`;
}
