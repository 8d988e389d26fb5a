import type { Order } from '../../../src/core/ports/order.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { joinRuns, type Runner } from '../../../src/core/run/join-runs.ts';
import type { Ports } from '../../../src/core/run/ports.ts';
import { debugCourier } from '../../../src/integrations/sinks/debug.ts';
import { noLedger } from '../../../src/storage/index.ts';
import { type FakeSink, portsOf } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { createLogBook, type LogBook } from '../../support/build/scope.ts';
import { type Clock, createClock } from '../../support/time/clock.ts';

export const DEADLINE = 100_000;
export const [A, B, C] = [filterOf({ name: 'a' }), filterOf({ name: 'b' }), filterOf({ name: 'c' })];

export interface Stage {
  readonly runner: Runner;
  readonly clock: Clock;
  readonly log: LogBook;
  order(given?: Partial<Order>): Order;
}

export function setUp(source: Source, sinks: readonly FakeSink[]): Stage {
  const clock = createClock((ms) => ms > 90_000 || ms === 250);
  const log = createLogBook();
  const real = portsOf(clock, source, sinks);
  const debug: Ports = { ...real, ledger: noLedger, courier: (sink, _leases, scope) => debugCourier(sink, scope) };
  const runner = joinRuns(real, debug, { ...clock, log, deadlineMs: DEADLINE, shutdown: new AbortController().signal });
  return {
    runner,
    clock,
    log,
    order: (given = {}) => ({ kind: 'repair', filters: [A, B], window: WINDOW, windowGiven: false, ...given }),
  };
}

export function statuses({ reports }: RunResult): unknown {
  return reports.map(({ filter, sinks }) => [
    filter.name,
    Object.fromEntries(Object.entries(sinks).map(([name, { status }]) => [name, status])),
  ]);
}
