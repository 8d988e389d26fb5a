import type { RangeOrder } from '../../core/backfill/fill-range.ts';
import { isoOf, parseInstant, PERIOD_MS, type Window, DAY_MS } from '../../core/model/window.ts';
import {
  BadRequest,
  checkNames,
  filtersOf,
  flagOf,
  type ParamsContext,
  show,
  sinksOf,
  windowEnding,
} from './run-params.ts';

/** The most that one post may ask for, ms. */
const LONGEST_MS = DAY_MS;

/** Reads the parameters of `POST /run?start=&end=`. `now`: epoch ms. Throws a BadRequest. */
export function readRangeParams(params: URLSearchParams, context: ParamsContext, now: number): RangeOrder {
  checkNames(params);
  const { memoryMs, dryRun } = context;
  if (memoryMs === undefined)
    throw new BadRequest(
      'start needs a shared ledger (LEDGER_URL), which this server does not have; post each window with end',
    );
  if (params.has('at')) throw new BadRequest('at names one window, start and end name several; leave one of them out');
  if (flagOf(params, 'debug'))
    throw new BadRequest('debug shows one window; leave start out, and post the window with end');
  if (dryRun)
    throw new BadRequest(
      'start sends what is missing, and this server sends nothing (DRY_RUN); post one window with end to look at it',
    );
  return {
    filters: filtersOf(params, context),
    sinks: sinksOf(params, context),
    span: spanOf(params, memoryMs, context.settleMs, now),
  };
}

function spanOf(params: URLSearchParams, memoryMs: number, settleMs: number, now: number): Window {
  const [first, last] = [params.get('start')!, params.get('end')];
  if (last === null) throw new BadRequest('start needs an end: start=<ISO>&end=<ISO>');
  const start = startOf(first);
  const { end } = windowEnding(last, settleMs, false, now);
  if (start >= end) throw new BadRequest(`start=${show(first)} is not before end=${show(last)}`);
  if (end - start > LONGEST_MS)
    throw new BadRequest(`start=${show(first)} is more than a day before end; post a day at a time`);
  // A claim is forgotten so long after it was made, which is after its window ended.
  if (start < now - memoryMs)
    throw new BadRequest(
      `start=${show(first)} is before ${isoOf(Math.ceil((now - memoryMs) / PERIOD_MS) * PERIOD_MS)}: ` +
        'what was sent for that window the ledger may have forgotten (RETENTION_DAYS)',
    );
  return { start, end };
}

function startOf(text: string): number {
  const start = parseInstant(text);
  if (start === null)
    throw new BadRequest(
      `start=${show(text)} is no instant; write ISO with zone such as 2026-11-20T10:00:00Z (a + as %2B)`,
    );
  if (start % PERIOD_MS !== 0)
    throw new BadRequest(
      `start=${show(text)} is not on the grid of ${PERIOD_MS / 60_000} minutes; ` +
        `the window around it starts at ${isoOf(Math.floor(start / PERIOD_MS) * PERIOD_MS)}`,
    );
  return start;
}
