import { parseArgs } from 'node:util';
import type { Program } from '../../app/assemble.ts';
import { isoOf, isSettled, parseInstant, PERIOD_MS, type Window, windowAt } from '../../core/model/window.ts';

export const USAGE = `sentry-monitor run --from <ISO> --to <ISO> [--filter <name>] [--sink <name>] [--force]

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

/** A call that cannot be understood, or must not be done; the message says what to do. */
export class BadCall extends Error {
  override readonly name = 'BadCall';
}

export interface Given {
  readonly from: string;
  readonly to: string;
  readonly filters: readonly string[];
  readonly sinks: readonly string[];
  readonly force: boolean;
}

export function readArgs(args: readonly string[]): Given {
  const {
    values: { from, to, filter = [], sink = [], force = false },
  } = parsed(args);
  if (from === undefined || to === undefined)
    throw new BadCall(
      `${from === undefined ? '--from' : '--to'} is missing; write ISO with zone, such as 2026-11-20T10:00:00Z`,
    );
  return { from, to, filters: filter, sinks: sink, force };
}

function parsed(args: readonly string[]) {
  const [one, many, flag] = [{ type: 'string' }, { type: 'string', multiple: true }, { type: 'boolean' }] as const;
  try {
    return parseArgs({ args: [...args], options: { from: one, to: one, filter: many, sink: many, force: flag } });
  } catch (error) {
    throw new BadCall((error as Error).message);
  }
}

export interface Wanted {
  readonly filters: Program['filters']['filters'];
  readonly sinks: readonly string[] | undefined;
  readonly span: Window;
}

/** What the arguments mean for these parts. `now`: epoch ms. */
export function meant({ from, to, filters, sinks, force }: Given, parts: Program, now: number): Wanted {
  const {
    settings,
    ledger: { backlog },
    filters: { filters: known },
  } = parts;
  if (settings.dryRun) throw new BadCall('DRY_RUN is set: nothing would be sent; set DRY_RUN=false');
  const span = { start: instantOf('--from', from), end: instantOf('--to', to) };
  if (span.start >= span.end) throw new BadCall(`--from ${from} is not before --to ${to}`);
  if (!isSettled(span, now, settings.settleMs))
    throw new BadCall(
      `--to ${to} is not settled; the last settled window ends at ${isoOf(windowAt(now, settings.settleMs).end)}`,
    );
  const oldest = now - (backlog?.memoryMs ?? Infinity);
  if (!force && span.start < oldest)
    throw new BadCall(
      `--from ${from}: what was sent before ${isoOf(Math.ceil(oldest / PERIOD_MS) * PERIOD_MS)} the ledger may have forgotten (RETENTION_DAYS); --force sends it, known or not`,
    );
  const wanted = {
    filters: named('--filter', filters, known) ?? known,
    sinks: named('--sink', sinks, parts.sinks)?.map(({ name }) => name),
    span,
  };
  const counters = countersOf(wanted, parts);
  if (backlog === undefined && !force && counters.length > 0) {
    throw new BadCall(
      `without a ledger (LEDGER_URL) nobody knows what was sent before, and ${counters.join(', ')} would count it twice; leave it out with --sink, or say --force`,
    );
  }
  return wanted;
}

/** The sinks in which a repeat does harm. */
export function countersOf({ sinks: only }: Pick<Wanted, 'sinks'>, { sinks }: Program): readonly string[] {
  return sinks.filter(({ name, repeatSafe }) => !repeatSafe && (only?.includes(name) ?? true)).map(({ name }) => name);
}

function instantOf(name: string, text: string): number {
  const at = parseInstant(text);
  if (at === null)
    throw new BadCall(`${name} ${text} is no instant; write ISO with zone, such as 2026-11-20T10:00:00Z`);
  if (at % PERIOD_MS !== 0)
    throw new BadCall(
      `${name} ${text} is not on the grid of five minutes; the last grid point before it is ${isoOf(Math.floor(at / PERIOD_MS) * PERIOD_MS)}`,
    );
  return at;
}

function named<T extends { readonly name: string }>(
  option: string,
  names: readonly string[],
  known: readonly T[],
): readonly T[] | undefined {
  const unknown = names.find((name) => !known.some((it) => it.name === name));
  if (unknown !== undefined)
    throw new BadCall(
      `${option} ${unknown} is unknown; there ${known.length === 0 ? 'is none' : `are ${known.map(({ name }) => name).join(', ')}`}`,
    );
  return names.length === 0 ? undefined : known.filter(({ name }) => names.includes(name));
}
