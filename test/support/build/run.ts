import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import type { Receipt } from '../../../src/core/model/receipt.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import type { Claims } from '../../../src/core/ports/claims.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import type { Ports } from '../../../src/core/run/ports.ts';
import { startRun } from '../../../src/core/run/run.ts';
import { type Clock, createClock } from '../time/clock.ts';
import { portsOf } from './fakes.ts';
import { filterOf, WINDOW } from './reports.ts';
import { createLogBook, type LogBook } from './scope.ts';

export const DEADLINE = 100_000;
export const A = filterOf({ name: 'a' });
const B = filterOf({ name: 'b' });
export const FAIL: Outcome = { status: 'failed', fault: { message: 'one: down', retryable: true } };
export const MAYBE: Outcome = { status: 'uncertain', fault: { message: 'one: cut', retryable: true } };

export interface RunStage {
  readonly clock: Clock;
  readonly ports: Ports;
  readonly log: LogBook;
  readonly shutdown: AbortController;
  go(given?: Partial<Order>): Promise<RunResult>;
}

/** A run over fake ends, with real claims, under the test's clock. */
export function setUp(source: Source, sinks: readonly Sink[], claims?: (clock: Clock) => Claims): RunStage {
  const clock = createClock((ms) => ms === DEADLINE || ms === 250);
  const log = createLogBook();
  const shutdown = new AbortController();
  const ports = portsOf(clock, source, sinks, claims === undefined ? {} : { claims: claims(clock) });
  const deps = { ...clock, log, deadlineMs: DEADLINE, shutdown: shutdown.signal };
  return {
    clock,
    ports,
    log,
    shutdown,
    go: (given = {}) =>
      startRun({ kind: 'repair', filters: [A, B], window: WINDOW, windowGiven: false, ...given }, 'run-1', ports, deps)
        .result,
  };
}

export function statuses({ reports }: RunResult): unknown {
  return reports.map(({ filter, sinks, fault }) => [
    filter.name,
    fault?.message ?? Object.fromEntries(Object.entries(sinks).map(([name, { status }]) => [name, status])),
  ]);
}

export function receipt(result: RunResult, index: number, sink: string): Extract<Receipt, { accepted: number }> {
  const found = result.reports[index]!.sinks[sink]!;
  assert.ok('accepted' in found);
  return found;
}
