import { parseArgs } from 'node:util';
import { BadCall } from '../command.ts';

export const HELP = `sentry-monitor run --from <ISO> --to <ISO> [--filter <name>] [--sink <name>] [--force]

Reads and sends the five-minute windows between two instants, by the settings of the service; for a hole in a chart.
With a ledger (LEDGER_URL) only what is missing goes out, and servers that work on the same windows share them.
Without one nobody knows what was sent: all of it goes out, so only to sinks where a repeat does no harm.

  --from, --to      ISO with zone and on the grid, such as 2026-11-20T10:00:00Z
  --filter, --sink  only these; may be given several times
  --force           sends again what was delivered before, as it is counted now. New Relic's charts, read with max, stay
                    right; Anodot's counter sentry_events adds the same counts ONCE MORE, and nothing takes them back

Exit codes: 0 all delivered, now or before, or in another server's hands; 1 something failed or was left; 2 bad call,
nothing was sent.
`;

/** The arguments as they were typed. */
export interface RunArgs {
  readonly from: string;
  readonly to: string;
  readonly filters: readonly string[];
  readonly sinks: readonly string[];
  readonly force: boolean;
}

export function readArgs(args: readonly string[]): RunArgs {
  const { from, to, filter = [], sink = [], force = false } = parsed(args);
  if (from === undefined || to === undefined)
    throw new BadCall(`${from === undefined ? '--from' : '--to'} is missing; ${WRITE_INSTANT}`);
  return { from, to, filters: filter, sinks: sink, force };
}

export const WRITE_INSTANT = 'write ISO with zone, such as 2026-11-20T10:00:00Z';

function parsed(args: readonly string[]) {
  const [one, many, flag] = [{ type: 'string' }, { type: 'string', multiple: true }, { type: 'boolean' }] as const;
  const options = { from: one, to: one, filter: many, sink: many, force: flag };
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new BadCall((error as Error).message);
  }
}
