import { randomUUID } from 'node:crypto';
import { createAfterwards } from '../../../src/core/backfill/afterwards.ts';
import type { Filter } from '../../../src/core/model/filter.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import type { Ask } from '../../../src/core/model/reading.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import type { Scope } from '../../../src/core/ports/scope.ts';
import { createBacklogGate } from '../../../src/core/run/backlog-gate.ts';
import { startRun } from '../../../src/core/run/run.ts';
import { sql } from '../../../src/storage/ledger/index.ts';
import { depsOf } from '../build/deps.ts';
import {
  fakeSink,
  type FakeSink,
  type FakeSinkOptions,
  fakeSource,
  type FakeSource,
  type Found,
  portsOf,
} from '../build/fakes.ts';
import { filterOf, WINDOW } from '../build/reports.ts';
import { createLogBook, type LogBook } from '../build/scope.ts';
import { type Clock, createClock } from '../time/clock.ts';
import type { LedgerBox } from './ledgers.ts';

export const LEASE = 30_000;

/** A server of its own, between fake ends, at a ledger that it shares. Its clock stands still. */
export interface Server {
  readonly source: FakeSource;
  readonly sinks: readonly FakeSink[];
  readonly clock: Clock;
  readonly log: LogBook;
  readonly ledger: Ledger;
  readonly shutdown: AbortController;
  go(given?: Partial<Order>, runId?: string): Promise<RunResult>;
  close(): Promise<void>;
}

export interface ServerOptions {
  readonly name?: string;
  readonly found?: (ask: Ask, scope: Scope) => Found;
  readonly sinks?: readonly FakeSinkOptions[];
  readonly filters?: readonly Filter[];
  readonly ledger?: (real: Ledger) => Ledger;
  /** Settings of the ledger. Default: what comes after a run's own window is off. */
  readonly env?: Readonly<Record<string, string>>;
}

export function serverAt(
  box: LedgerBox,
  {
    name = 'host-1',
    found,
    sinks: options = [{}],
    filters = [filterOf({ name: 'a' })],
    ledger: wrap = (real) => real,
    env = { RECOUNT: 'off', CATCH_UP_HOURS: '0' },
  }: ServerOptions = {},
): Server {
  const clock = createClock(() => true);
  const log = createLogBook();
  const real = sql
    .read({ LEDGER_URL: box.url, LEASE_SECONDS: String(LEASE / 1000), ...env })
    .create({ ...depsOf(box.clock), uuid: randomUUID, server: name, log }, 'ledger').part;
  const ledger = wrap(real);
  const [source, sinks, shutdown] = [fakeSource(found), options.map((it) => fakeSink(it)), new AbortController()];
  const ports = portsOf(clock, source, sinks, ledger);
  return {
    source,
    sinks,
    clock,
    log,
    ledger,
    shutdown,
    go: (given = {}, runId = randomUUID()) =>
      startRun({ kind: 'plain', filters, window: WINDOW, windowGiven: true, ...given }, runId, ports, {
        ...clock,
        log,
        deadlineMs: 100_000,
        shutdown: shutdown.signal,
        afterwards: createAfterwards({ ...clock, deadlineMs: 100_000, gate: createBacklogGate(), settleMs: 120_000 }),
      }).result,
    close: () => real.close(),
  };
}
