import type { Program } from '../../app/assemble.ts';
import type { RangeOrder } from '../../core/backfill/fill-range.ts';
import { longAgo, isoOf, isSettled, parseInstant, PERIOD_MS, type Window, windowAt } from '../../core/model/window.ts';
import { BadCall } from '../command.ts';
import { type RunArgs, WRITE_INSTANT } from './args.ts';

/** What the arguments mean to this program. */
export type Order = Pick<RangeOrder, 'filters' | 'span'> & { readonly sinks: readonly string[] | undefined };

/** Throws a BadCall for what must not be done. `now`: epoch ms. */
export function orderFor(args: RunArgs, program: Program, now: number): Order {
  const { filters } = program.filters;
  if (program.settings.dryRun) throw new BadCall('DRY_RUN is set: nothing would be sent; set DRY_RUN=false');
  const order = {
    span: spanOf(args, program, now),
    filters: named('--filter', args.filters, filters) ?? filters,
    sinks: named('--sink', args.sinks, program.sinks)?.map(({ name }) => name),
  };
  const counters = countersIn(order, program);
  if (program.ledger.backlog === undefined && !args.force && counters.length > 0)
    throw new BadCall(
      `without a ledger (LEDGER_URL) nobody knows what was sent before, and ${counters.join(', ')} would count it ` +
        'twice; leave it out with --sink, or say --force',
    );
  return order;
}

/** The sinks in which a repeat does harm. */
export function countersIn({ sinks: only }: Pick<Order, 'sinks'>, { sinks }: Program): readonly string[] {
  return sinks.filter(({ name, repeatSafe }) => !repeatSafe && (only?.includes(name) ?? true)).map(({ name }) => name);
}

function spanOf({ from, to, force }: RunArgs, { settings: { settleMs }, ledger }: Program, now: number): Window {
  const span = { start: instantOf('--from', from, now), end: instantOf('--to', to, now) };
  if (span.start >= span.end) throw new BadCall(`--from ${from} is not before --to ${to}`);
  if (!isSettled(span, now, settleMs))
    throw new BadCall(
      `--to ${to} is not settled; the last settled window ends at ${isoOf(windowAt(now, settleMs).end)}`,
    );
  const oldest = now - (ledger.backlog?.memoryMs ?? Infinity);
  if (!force && span.start < oldest)
    throw new BadCall(
      `--from ${from}: what was sent before ${isoOf(Math.ceil(oldest / PERIOD_MS) * PERIOD_MS)} the ledger may have ` +
        'forgotten (RETENTION_DAYS); --force sends it, known or not',
    );
  return span;
}

function instantOf(option: string, text: string, now: number): number {
  const at = parseInstant(text);
  if (at === null) throw new BadCall(`${option} ${text} is no instant; ${WRITE_INSTANT}`);
  const ancient = longAgo(at, now);
  if (ancient !== null) throw new BadCall(`${option} ${text} is ${ancient}; ${WRITE_INSTANT}`);
  const before = Math.floor(at / PERIOD_MS) * PERIOD_MS;
  if (at !== before)
    throw new BadCall(
      `${option} ${text} is not on the grid of five minutes; the last grid point before it is ${isoOf(before)}`,
    );
  return at;
}

/** Undefined: none was named. */
function named<T extends { readonly name: string }>(
  option: string,
  names: readonly string[],
  known: readonly T[],
): readonly T[] | undefined {
  const unknown = names.find((name) => !known.some((it) => it.name === name));
  if (unknown !== undefined) {
    const there = known.length === 0 ? 'is none' : `are ${known.map(({ name }) => name).join(', ')}`;
    throw new BadCall(`${option} ${unknown} is unknown; there ${there}`);
  }
  return names.length === 0 ? undefined : known.filter(({ name }) => names.includes(name));
}
