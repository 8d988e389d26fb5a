import assert from 'node:assert/strict';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import type { Ledger, OnError } from '../../../src/core/ports/ledger.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import type { Ports } from '../../../src/core/run/ports.ts';
import { startRun } from '../../../src/core/run/run.ts';
import { withFallback } from '../../../src/storage/fallback/with-fallback.ts';
import { memoryLedger } from '../../../src/storage/memory/index.ts';
import { fakeSink, type FakeSink, fakeSource, portsOf } from '../../support/build/fakes.ts';
import { filterOf, WINDOW } from '../../support/build/reports.ts';
import { createLogBook, type LogBook } from '../../support/build/scope.ts';
import { type Cut, cuttable } from '../../support/ledger/cuttable-ledger.ts';
import { type Clock, createClock } from '../../support/time/clock.ts';

export const ORDER: Order = { kind: 'repair', filters: [filterOf({ name: 'a' })], window: WINDOW, windowGiven: true };
export const LEASE = 30_000;

/** A server whose shared ledger can be cut off, and another one that always reaches it. */
export interface Stage {
  readonly cut: Cut;
  readonly clock: Clock;
  readonly log: LogBook;
  readonly ledger: Ledger;
  readonly sinks: readonly FakeSink[];
  go(): Promise<RunResult>;
  other(): Promise<RunResult>;
}

const SINKS = ['safe', 'counter'] as const;

export function setUp(onError: OnError, answer?: (name: string) => Outcome): Stage {
  const [clock, log] = [createClock(() => true), createLogBook()];
  const real = memoryLedger(clock.now);
  const cut = cuttable(real, onError);
  const ledger = withFallback(cut.ledger, memoryLedger(clock.now), {
    now: clock.now,
    log,
    repeatSafe: new Set(['safe']),
  });
  const sinkOf = (name: string): FakeSink =>
    fakeSink({
      name,
      repeatSafe: name === 'safe',
      answer: (items) => items.map(() => answer?.(name) ?? { status: 'accepted' }),
    });
  const sinks = SINKS.map(sinkOf);
  const deps = { ...clock, log, deadlineMs: 100_000, shutdown: new AbortController().signal };
  const run = (ports: Ports): Promise<RunResult> => startRun(ORDER, 'run-1', ports, deps).result;
  return {
    cut,
    clock,
    log,
    ledger,
    sinks,
    go: () => run(portsOf(clock, fakeSource(), sinks, ledger)),
    other: () => run(portsOf(clock, fakeSource(), SINKS.map(sinkOf), real)),
  };
}

export function sent({ sinks }: Stage): readonly number[] {
  return sinks.map(({ requests }) => requests.length);
}

export function unledgered({ reports }: RunResult): unknown {
  return reports.map(({ sinks }) =>
    Object.values(sinks).map((receipt) => 'unledgered' in receipt && receipt.unledgered),
  );
}

export function keyOf(n: number): ClaimKey {
  return { reportId: `f-${n}@2026-11-20T10:00:00.000Z`, revision: 0, sink: 'safe' };
}

/** Claims the first key; its token. */
export async function claimOne({ ledger: { claims } }: Stage): Promise<string> {
  const [claimed] = await claims.claim([keyOf(0)], LEASE);
  return claimed?.status === 'ours' ? claimed.token : assert.fail(claimed?.status);
}
