import { withLedger } from '../../app/by-hand/with-ledger.ts';
import { StartError } from '../../app/start-error.ts';
import type { World } from '../../app/world.ts';
import { nearestOf } from '../../platform/nearest.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';
import { type Order, readAll } from './read-all.ts';

const HELP = `sentry-monitor intake [name] [--once] [--limit <n>] [--json]

Reads an intake of the filters files, or all of them, into the ledger, each
event once. It reads until it is stopped (SIGTERM, Ctrl-C), or with --once until
nothing is left. Any number of servers may read the same queue, beside the
service or in its place.

  --once   ends when nothing is left
  --limit  so many events of each at most, rejects not counted, and then it ends
  --json   at the end a line for each: { intake, read, stored, repeats,
           rejects, issues }; read = stored + repeats + rejects, issues are
           the distinct ones of all that was read

Exit codes: 0 read; 1 one could not be read, or a fault in settings or filters,
or the ledger cannot be reached; 2 bad call.
`;

const OPTIONS = {
  once: { type: 'boolean', default: false },
  limit: { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

/** Brings events into the ledger. */
export const intake: Command = {
  summary: 'reads events of queues into the ledger, each once',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const { once, limit, json } = values;
    if (positionals.length > 1) throw new BadCall('intake takes the name of one intake, or none for all');
    if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit))
      throw new BadCall(`--limit ${limit} is not a whole number from 1 on`);
    const order = { isOnce: once || limit !== undefined, limit: limit === undefined ? undefined : Number(limit), json };
    return orFaults(world.err, () => read(positionals[0], order, world));
  },
};

function read(name: string | undefined, order: Order, world: World): Promise<number> {
  return withLedger('intake', world, async ({ program }) => {
    const { intakes } = program;
    if (intakes === undefined) throw new StartError(['intakes: no filters file sets one up; see docs/intakes.md']);
    const all = intakes.all.filter((it) => name === undefined || it.name === name);
    if (all.length === 0) {
      const meant = nearestOf(name!, intakes.names);
      throw new BadCall(`there is no intake ${name!}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    }
    return readAll(all, intakes.store, order, { world, program });
  });
}
