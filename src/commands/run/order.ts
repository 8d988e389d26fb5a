import type { Program } from '../../app/assemble.ts';
import type { RangeOrder } from '../../core/backfill/fill-range.ts';
import { isoOf, PERIOD_MS, type Window } from '../../core/model/window.ts';
import { BadCall } from '../command.ts';
import { named } from '../named.ts';
import type { RunArgs } from './args.ts';
import { settledSpan } from './span.ts';

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

function spanOf(args: RunArgs, { settings: { settleMs }, ledger }: Program, now: number): Window {
  const span = settledSpan(args, settleMs, now);
  const oldest = now - (ledger.backlog?.memoryMs ?? Infinity);
  if (!args.force && span.start < oldest)
    throw new BadCall(
      `--from ${args.from}: what was sent before ${isoOf(Math.ceil(oldest / PERIOD_MS) * PERIOD_MS)} the ledger may ` +
        'have forgotten (RETENTION_DAYS); --force sends it, known or not',
    );
  return span;
}
