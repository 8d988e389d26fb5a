import { isoOf, isSettled, longAgo, parseInstant, PERIOD_MS, type Window, windowAt } from '../../core/model/window.ts';
import { BadCall } from '../command.ts';
import { type RunArgs, WRITE_INSTANT } from './args.ts';

/** From one grid point to another, all of it settled at `now` (epoch ms). Throws a BadCall. */
export function settledSpan({ from, to }: Pick<RunArgs, 'from' | 'to'>, settleMs: number, now: number): Window {
  const span = { start: instantOf('--from', from, now), end: instantOf('--to', to, now) };
  if (span.start >= span.end) throw new BadCall(`--from ${from} is not before --to ${to}`);
  if (!isSettled(span, now, settleMs))
    throw new BadCall(
      `--to ${to} is not settled; the last settled window ends at ${isoOf(windowAt(now, settleMs).end)}`,
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
