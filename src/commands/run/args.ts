import { BadCall } from '../command.ts';
import { readOptions } from '../read-options.ts';

export const HELP = `sentry-monitor run --from <ISO> --to <ISO> [--filter <name>] [--sink <name>]
                   [--force]
sentry-monitor run --debug [--from <ISO> --to <ISO>] [--filter <name>]
                   [--sink <name>]

Reads and sends the five-minute windows between two instants, by the settings of
the service; for a hole in a chart. With a ledger (LEDGER_URL) only what is
missing goes out, and servers that work on the same windows share them. Without
one nobody knows what was sent: all of it goes out, so only to sinks where a
repeat does no harm.

  --from, --to      ISO with zone and on the grid, such as 2026-11-20T10:00:00Z
  --filter, --sink  only these; may be given several times
  --force           sends again what was delivered before, as it is counted now.
                    New Relic's charts, read with max, stay right; Anodot's
                    counter sentry_events adds the same counts ONCE MORE, and
                    nothing takes them back
  --debug           sends nothing and remembers nothing. Of the last settled
                    window, unless --from and --to say which: on a terminal the
                    table of preview; in a pipe a line of JSON for each window,
                    as POST /run?debug=true answers

Exit codes: 0 all delivered, now or before, or in another server's hands (with
--debug: all was read); 1 something failed or was left; 2 bad call, nothing was
sent.
`;

/** The arguments as they were typed. */
export interface RunArgs {
  readonly from: string;
  readonly to: string;
  readonly filters: readonly string[];
  readonly sinks: readonly string[];
  readonly force: boolean;
}

/** Of a run that only shows; without a span it is the last settled window. */
export interface DebugArgs extends Pick<RunArgs, 'filters' | 'sinks'> {
  readonly span: Pick<RunArgs, 'from' | 'to'> | undefined;
}

export const WRITE_INSTANT = 'write ISO with zone, such as 2026-11-20T10:00:00Z';

const [one, many, flag] = [{ type: 'string' }, { type: 'string', multiple: true }, { type: 'boolean' }] as const;
export const OPTIONS = { from: one, to: one, filter: many, sink: many, force: flag, debug: flag } as const;

/** Undefined: it is no run that only shows. */
export function readDebugArgs(args: readonly string[]): DebugArgs | undefined {
  const { from, to, filter: filters = [], sink: sinks = [], force, debug } = readOptions(args, OPTIONS).values;
  if (debug !== true) return undefined;
  if (force === true) throw new BadCall('--debug sends nothing, and --force sends again; leave one out');
  const span = from === undefined && to === undefined ? undefined : both(from, to);
  return { filters, sinks, span };
}

export function readArgs(args: readonly string[]): RunArgs {
  const { from, to, filter: filters = [], sink: sinks = [], force = false } = readOptions(args, OPTIONS).values;
  return { ...both(from, to), filters, sinks, force };
}

function both(from: string | undefined, to: string | undefined): Pick<RunArgs, 'from' | 'to'> {
  if (from !== undefined && to !== undefined) return { from, to };
  throw new BadCall(`${from === undefined ? '--from' : '--to'} is missing; ${WRITE_INSTANT}`);
}
