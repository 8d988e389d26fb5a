import type { World } from '../../app/world.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';
import { showStatus } from './status.ts';
import { testChannels } from './test.ts';

const HELP = `sentry-monitor channels test [<name>] [--json]
sentry-monitor channels status [--json]

test sends a message that says so through each channel of the filters files, or
through one, and says what became of it. It is the real channel: people see it.
status says of each channel when something reached it last, how many alerts wait
for it, how many it refused, or took for sure or not at all, and whether it is
unheard: its last message was not taken, or nothing reached it for seven days.
By the ledger of the service.

  --json  test: [{ channel, status, why }]
          status: [{ channel, lastSuccess, pending, failed, unheard }]

Exit codes: 0 all were taken, or none is unheard; 1 a channel did not take its
message, a fault in settings or filters, or the ledger cannot be reached; 3 a
channel is unheard; 2 bad call.
`;

const OPTIONS = { json: { type: 'boolean', default: false } } as const;

/** Whether people can be told at all. */
export const channels: Command = {
  summary: 'channels test: a message by each; channels status: who is heard',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const [what = '', ...names] = positionals;
    const act = actOf(what, names, values.json);
    return orFaults(world.err, () => act(world));
  },
};

function actOf(what: string, names: readonly string[], json: boolean): (world: World) => Promise<number> {
  if (what === 'test' && names.length <= 1) return (world) => testChannels(names[0], json, world);
  if (what === 'status' && names.length === 0) return (world) => showStatus(json, world);
  throw new BadCall('channels needs one of: test, test <name>, status');
}
