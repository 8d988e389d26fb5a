import path from 'node:path';
import { withLedger } from '../../app/by-hand/with-ledger.ts';
import { StartError } from '../../app/start-error.ts';
import type { World } from '../../app/world.ts';
import { nearestOf } from '../../platform/nearest.ts';
import { BadCall, type Command } from '../command.ts';
import { orFaults } from '../or-faults.ts';
import { readOptions } from '../read-options.ts';
import { type Order, readAll } from './read-all.ts';
import { showRejects } from './rejects.ts';

const HELP = `sentry-monitor intake [name] [--once] [--limit <n>] [--json]
sentry-monitor intake <name> --file <path>
sentry-monitor intake <name> --date <day> | --from <day> --to <day>
sentry-monitor intake [name] --rejects [--limit <n>] [--json]

Reads an intake of the filters files, or all of them, into the ledger, each
event once. It reads until it is stopped (SIGTERM, Ctrl-C), or with --once until
nothing is left. Any number of servers may read the same queue, beside the
service or in its place.

  --once   ends when nothing is left
  --limit  so many events of each at most, rejects not counted, and then it ends
  --file   reads this file of this machine, whole and once, and nothing else
  --date   reads the archives of this UTC day (YYYY-MM-DD); --from and --to:
           of these days and those between them
  --rejects  shows what could not be read, and remarks on what was, and reads
           nothing: the newest 20 or --limit of each; with --json { intake,
           total, notes, rejects: [{ at, id, reason, place, text, isNote }] }
  --json   at the end a line for each: { intake, read, stored, repeats,
           rejects, issues }; read = stored + repeats + rejects, issues are
           the distinct ones of all that was read

Exit codes: 0 read; 1 one could not be read, or a fault in settings or filters,
or the ledger cannot be reached; 2 bad call.
`;

const OPTIONS = {
  once: { type: 'boolean', default: false },
  limit: { type: 'string' },
  file: { type: 'string' },
  date: { type: 'string' },
  from: { type: 'string' },
  to: { type: 'string' },
  rejects: { type: 'boolean', default: false },
  json: { type: 'boolean', default: false },
} as const;

/** Brings events into the ledger. */
export const intake: Command = {
  summary: 'reads events of queues, logs and archives into the ledger',
  help: HELP,
  options: OPTIONS,
  async run(args, world) {
    const { values, positionals } = readOptions(args, OPTIONS, true);
    const { once, limit, json, rejects } = values;
    if (positionals.length > 1) throw new BadCall('intake takes the name of one intake, or none for all');
    if (limit !== undefined && !/^[1-9]\d{0,8}$/.test(limit))
      throw new BadCall(`--limit ${limit} is not a whole number from 1 on`);
    const only = onlyIn(values);
    if (rejects && (once || Object.keys(only).length > 0)) throw new BadCall('--rejects shows, and reads nothing');
    if (Object.keys(only).length > 0 && positionals.length === 0)
      throw new BadCall('--file and --date are of one intake; write its name');
    const isOnce = once || limit !== undefined || Object.keys(only).length > 0;
    const order = { isOnce, limit: limit === undefined ? undefined : Number(limit), json, rejects, ...only };
    return orFaults(world.err, () => read(positionals[0], order, world));
  },
};

/** Shown at a time. */
const REJECTS = 20;

function read(name: string | undefined, order: Order & { readonly rejects: boolean }, world: World): Promise<number> {
  return withLedger('intake', world, async ({ program }) => {
    const { intakes } = program;
    if (intakes === undefined) throw new StartError(['intakes: no filters file sets one up; see docs/intakes.md']);
    const all = intakes.all.filter((it) => name === undefined || it.name === name);
    if (all.length === 0) {
      const meant = nearestOf(name!, intakes.names);
      throw new BadCall(`there is no intake ${name!}${meant === undefined ? '' : `; did you mean ${meant}?`}`);
    }
    const wanted = order.file !== undefined ? 'file' : 'days';
    if ((order.file ?? order.days) !== undefined && all[0]!.orders?.includes(wanted) !== true)
      throw new BadCall(`${name!} reads no ${wanted === 'file' ? 'file by hand' : 'archives of days'}`);
    const { rejects, limit = REJECTS, json } = order;
    const names = all.map((it) => it.name);
    if (rejects) return showRejects(intakes.store, { names, most: limit, json }, { world, redact: program.redact });
    return readAll(all, intakes.store, order, { world, program });
  });
}

type Only = Pick<Order, 'file' | 'days'>;

/** What is to be read in place of what is new; nothing: that. */
function onlyIn(values: Readonly<Partial<Record<'file' | 'date' | 'from' | 'to', string>>>): Only {
  const { file, date, from = date, to = date } = values;
  const isDays = from !== undefined || to !== undefined;
  if (file !== undefined && isDays) throw new BadCall('--file and --date are two ways; take one');
  if (date !== undefined && (values.from ?? values.to) !== undefined)
    throw new BadCall('--date is one day; write --from and --to for several');
  if (file !== undefined) return { file: path.resolve(file) };
  if (!isDays) return {};
  if (from === undefined || to === undefined) throw new BadCall('write --from and --to, or --date for one day');
  for (const day of [from, to]) if (!isDay(day)) throw new BadCall(`${day} is no day; write it such as 2026-11-29`);
  if (from > to) throw new BadCall(`--from ${from} is after --to ${to}`);
  return { days: { from, to } };
}

function isDay(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
