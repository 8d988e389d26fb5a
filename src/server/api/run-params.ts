import type { Filter } from '../../core/model/filter.ts';
import type { Order, RunKind } from '../../core/ports/order.ts';
import {
  isoOf,
  isSettled,
  longAgo,
  parseInstant,
  PERIOD_MS,
  type Window,
  windowAt,
  windowEndingAt,
  DAY_MS,
} from '../../core/model/window.ts';

/** A post that cannot be understood; the message names the parameter and says what to do. */
export class BadRequest extends Error {
  override readonly name = 'BadRequest';
}

/** A post that is in order, but not for this server now: another one may do it. */
export class NotHere extends Error {
  override readonly name = 'NotHere';
}

export interface ParamsContext {
  readonly filters: readonly Filter[];
  /** Names of the enabled sinks. */
  readonly sinks: readonly string[];
  /** Every run is a debug run. */
  readonly dryRun: boolean;
  readonly settleMs: number;
  /** How far back the shared ledger knows what was delivered, ms; undefined: there is none. */
  readonly memoryMs?: number | undefined;
}

/** All there are, and whether one may be given several times. */
const REPEATABLE = new Map([
  ['at', false],
  ['start', false],
  ['end', false],
  ['filter', true],
  ['sink', true],
  ['debug', false],
]);
/**
 * A cron host's clock may be this much ahead of ours; above it one of the two is wrong, and above a day it is not the
 * clock.
 */
const AHEAD_MS = 60_000;

/** Reads the parameters of `POST /run`. `now`: epoch ms. Throws a BadRequest or NotHere. */
export function readRunParams(params: URLSearchParams, context: ParamsContext, now: number): Order {
  checkNames(params);
  if (params.has('at') && params.has('end')) throw new BadRequest('at and end both name the window; give one of them');
  const debug = flagOf(params, 'debug') || context.dryRun;
  const window = windowOf(params, context.settleMs, debug, now);
  return {
    kind: kindOf(params, debug),
    filters: filtersOf(params, context),
    sinks: sinksOf(params, context),
    window,
    windowGiven: params.has('at') || params.has('end'),
    isLate: window.end < windowAt(now, context.settleMs).end,
  };
}

/** The cron's own run names the present instant at most. */
function kindOf(params: URLSearchParams, debug: boolean): RunKind {
  if (debug) return 'debug';
  return ['filter', 'sink', 'end'].some((name) => params.has(name)) ? 'repair' : 'plain';
}

/** All, when none is named. */
export function filtersOf(params: URLSearchParams, { filters }: ParamsContext): readonly Filter[] {
  return named(params, 'filter', filters) ?? filters;
}

/** Their names; undefined: each filter's own. */
export function sinksOf(params: URLSearchParams, { sinks }: ParamsContext): readonly string[] | undefined {
  const known = sinks.map((name) => ({ name }));
  return named(params, 'sink', known)?.map(({ name }) => name);
}

export function checkNames(params: URLSearchParams): void {
  for (const name of new Set(params.keys())) {
    const isRepeatable = REPEATABLE.get(name);
    if (isRepeatable === undefined)
      throw new BadRequest(`unknown parameter ${show(name)}; there are ${[...REPEATABLE.keys()].join(', ')}`);
    if (!isRepeatable && params.getAll(name).length > 1) throw new BadRequest(`${name} is given twice; give it once`);
  }
}

export function flagOf(params: URLSearchParams, name: string): boolean {
  const text = params.get(name);
  if (text === null || text === 'false') return false;
  if (text === 'true') return true;
  throw new BadRequest(`${name}=${show(text)} is no boolean; write true or false`);
}

/** The named ones in the order of `known`; undefined when none is named. */
function named<T extends { readonly name: string }>(
  params: URLSearchParams,
  kind: string,
  known: readonly T[],
): readonly T[] | undefined {
  const names = params.getAll(kind);
  const unknown = names.find((name) => !known.some((it) => it.name === name));
  if (unknown !== undefined)
    throw new BadRequest(
      `unknown ${kind} ${show(unknown)}; ` +
        (known.length === 0 ? 'there is none' : `there are ${known.map(({ name }) => name).join(', ')}`),
    );
  return names.length === 0 ? undefined : known.filter(({ name }) => names.includes(name));
}

function windowOf(params: URLSearchParams, settleMs: number, debug: boolean, now: number): Window {
  const end = params.get('end');
  if (end !== null) return windowEnding(end, settleMs, debug, now);
  const at = params.get('at');
  return windowAt(at === null ? now : instantOf(at, now), settleMs);
}

function instantOf(text: string, now: number): number {
  const at = /^\d{1,12}$/.test(text) ? Number(text) * 1000 : parseInstant(text);
  if (at === null) {
    const ms = /^\d{13,15}$/.test(text) ? ` (milliseconds? then leave out the last three digits)` : '';
    throw new BadRequest(
      `at=${show(text)} is no instant${ms}; write Unix seconds, or ISO with zone such as ${isoOf(now)} (a + as %2B)`,
    );
  }
  const ancient = longAgo(at, now);
  if (ancient !== null)
    throw new BadRequest(
      `at=${show(text)} is ${isoOf(at)}, ${ancient}; ` +
        `write Unix seconds such as ${Math.floor(now / 1000)} (all digits), or ISO with zone such as ${isoOf(now)}`,
    );
  const aheadMs = at - now;
  if (aheadMs > DAY_MS)
    throw new BadRequest(`at=${show(text)} is more than a day ahead of this server's clock; write the present instant`);
  if (aheadMs > AHEAD_MS)
    throw new NotHere(
      `this server's clock is ${Math.round(aheadMs / 1000)} s behind at=${show(text)}; ` +
        'post to another server, and set the clocks right',
    );
  return at;
}

export function windowEnding(text: string, settleMs: number, debug: boolean, now: number): Window {
  const end = parseInstant(text);
  if (end === null)
    throw new BadRequest(
      `end=${show(text)} is no instant; write ISO with zone such as ${isoOf(windowAt(now, settleMs).end)} (a + as %2B)`,
    );
  const ancient = longAgo(end, now);
  if (ancient !== null)
    throw new BadRequest(
      `end=${show(text)} is ${ancient}; ` + `write the end of a window such as ${isoOf(windowAt(now, settleMs).end)}`,
    );
  const window = windowEndingAt(end);
  if (window === null)
    throw new BadRequest(
      `end=${show(text)} is not on the grid of ${PERIOD_MS / 60_000} minutes; ` +
        `the window before it ends at ${isoOf(Math.floor(end / PERIOD_MS) * PERIOD_MS)}`,
    );
  if (!debug && !isSettled(window, now, settleMs))
    throw new BadRequest(
      `end=${show(text)} is not settled before ${isoOf(end + settleMs)}; wait, or look at it with debug=true`,
    );
  return window;
}

/** Something a stranger wrote, short and on one line. */
export function show(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
