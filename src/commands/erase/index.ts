import { createAsker, Stopped } from '../init/asker.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';
import { type BadName, soughtBy } from '../../core/erasing/sought.ts';
import { eraseUser } from './erase-user.ts';

const flag = { type: 'boolean', default: false } as const;
const OPTIONS = {
  user: { type: 'string', multiple: true },
  'dry-run': flag,
  yes: flag,
  rewrite: flag,
  json: flag,
} as const;

/** Takes out of the ledger what is stored of a user. */
export const erase: Command = {
  summary: 'takes out of the ledger what is stored of a user',
  help: `sentry-monitor erase --user <name> [--user <name>]… [--dry-run] [--yes]
                     [--rewrite] [--json]

Takes out of the ledger what is stored of one user: the texts, tags and user of
their events, and the name wherever it stands in a text: of issues, records that
could not be read, messages, tickets, mutes. What was counted stays, also how
many users there were. Servers may go on meanwhile. What comes in later is not
erased, and neither are backups, log lines, and what was sent.

  --user     whatever the user is known by: an id, a name, a mail address, an
             address of the network; several times for several names of one
             user. A number of up to six digits, and a name with its kind before
             it (id:42, username:, email:, ip:), is looked for only where it is
             the user of an event
  --dry-run  only says how many rows there are of what, and changes nothing
  --yes      does not ask
  --rewrite  writes SQLite's file anew in the end, which takes its time, and
             servers wait: for a ledger that was made by a version before this
             command, of which gaps in the file may hold what was deleted
  --json     the answer as JSON: { dryRun, rows: [{ table, rows }], left:
             [{ table, column, rows }], trace }; left: where something is called
             so, which stays; trace: why something may still be there, or null

Exit codes: 0 erased, or nothing was there; 1 not all of it, or a fault in
settings or filters, or the ledger cannot be reached; 2 bad call, or not wanted
after all.
`,
  options: OPTIONS,
  async run(args, world) {
    const { user = [], 'dry-run': isDry, yes, json, rewrite: isRewritten } = readOptions(args, OPTIONS).values;
    if (user.length === 0) throw new BadCall('say whom: --user <name>');
    user.forEach(checkName);
    const { stdin: input, stdout: output } = process;
    const asks = !isDry && !yes;
    if (asks && (json || !input.isTTY || !output.isTTY))
      throw new BadCall('nothing was erased: nobody can be asked here; say --yes, or --dry-run to see what there is');
    const asker = asks ? createAsker({ input, output, onStop: () => process.kill(process.pid, 'SIGINT') }) : undefined;
    try {
      return await orFaults(
        world.err,
        () => eraseUser({ names: user, isDry, isRewritten, json, asker }, world),
        'nothing was erased',
      );
    } catch (error) {
      if (!(error instanceof Stopped)) throw error;
      world.err.write('stopped; nothing was erased\n');
      return 2;
    } finally {
      asker?.close();
    }
  },
};

function checkName(name: string): void {
  try {
    soughtBy(name);
  } catch (error) {
    throw new BadCall(`--user: ${(error as BadName).message}`);
  }
}
