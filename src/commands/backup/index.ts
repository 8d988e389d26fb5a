import { backupNow } from '../../app/backup/by-hand.ts';
import type { BackupMade, ItemMade } from '../../core/backup/make.ts';
import type { Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';

const OPTIONS = { to: { type: 'string' }, json: { type: 'boolean', default: false } } as const;

/** Copies of what nobody can make again. */
export const backup: Command = {
  summary: 'copies ledger and files, restores the copies beside, and compares',
  help: `sentry-monitor backup [--to <place>] [--json]

Copies the ledger, and the filters files and settings without secrets, to where
backup in the files says. Each copy is read back, restored beside and compared;
one that is not the same is deleted. When all are whole, those that are older
than backup says (keep) are deleted.

  --to    another place: a folder that is there, or s3://bucket/prefix; then
          nothing old is deleted
  --json  what came of it as JSON

Exit codes: 0 made and compared; 1 something failed, which it says; 2 bad call.
`,
  options: OPTIONS,
  async run(args, world) {
    const { to, json } = readOptions(args, OPTIONS).values;
    return orFaults(world.err, async () => {
      const made = await backupNow(to, world);
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
