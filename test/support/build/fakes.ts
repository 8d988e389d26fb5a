import { createCourier } from '../../../src/core/delivery/courier.ts';
import type { Fault } from '../../../src/core/model/fault.ts';
import type { Item, Outcome } from '../../../src/core/model/item.ts';
import type { Answer, Ask, Reading } from '../../../src/core/model/reading.ts';
import type { Report } from '../../../src/core/model/report.ts';
import type { Ledger } from '../../../src/core/ports/ledger.ts';
import { NOBODY } from '../../../src/core/ports/run-listener.ts';
import type { Scope } from '../../../src/core/ports/scope.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import type { Ports } from '../../../src/core/run/ports.ts';
import { memoryLedger } from '../../../src/storage/memory/index.ts';
import type { Clock } from '../time/clock.ts';
import { readingOf } from './reports.ts';

export const ACCEPTED: Outcome = { status: 'accepted', ref: 'r' };

export interface FakeSink extends Sink {
  /** The keys of each request. */
  readonly requests: string[][];
}

export interface FakeSinkOptions extends Partial<Omit<Sink, 'send'>> {
  /** Default: all accepted. */
  answer?(items: readonly Item[], scope: Scope, request: number): readonly Outcome[] | Promise<readonly Outcome[]>;
}

/** A sink whose reports become one item per total, named `<report>/<project>`. */
export function fakeSink({ answer, ...given }: FakeSinkOptions = {}): FakeSink {
  const requests: string[][] = [];
  return {
    name: 'one',
    repeatSafe: false,
    limits: { items: 1000, bytes: 1_000_000 },
    encode: (report: Report) =>
      report.totals.map(({ project, events }) => ({ key: `${report.filter.name}/${project}`, body: { events } })),
    requests,
    async send(items, scope) {
      requests.push(items.map(({ key }) => key));
      return answer === undefined ? items.map(() => ACCEPTED) : answer(items, scope, requests.length);
    },
    ...given,
  };
}

export interface FakeSource extends Source {
  /** The names of the filters of each read. */
  readonly reads: string[][];
}

/** A reading, or why there is none. */
export type Found =
  (Partial<Reading> & { readonly fault?: Fault }) | Promise<Partial<Reading> & { readonly fault?: Fault }>;

/** A source that answers the filters in their order. */
export function fakeSource(found: (ask: Ask, scope: Scope) => Found = () => ({})): FakeSource {
  const reads: string[][] = [];
  return {
    name: 'fake',
    reads,
    prepare: async () => [],
    async *read(asks, scope): AsyncGenerator<Answer> {
      reads.push(asks.map(({ filter }) => filter.name));
      for (const ask of asks) {
        const it = await found(ask, scope);
        yield it.fault === undefined ? { ask, reading: readingOf(it) } : { ask, fault: it.fault };
      }
    },
  };
}

/** Real claims and couriers around fake ends. */
export function portsOf(clock: Clock, source: Source, sinks: readonly Sink[], ledger: Partial<Ledger> = {}): Ports {
  return {
    source,
    sinks,
    ledger: { ...memoryLedger(clock.now), ...ledger },
    courier: (sink, leases, scope) => createCourier(sink, leases, scope, { ...clock, progress: NOBODY }),
    progress: NOBODY,
  };
}
