import { createCourier } from '../../../src/core/delivery/courier.ts';
import type { Decide, Decision, ToDecide } from '../../../src/core/ports/alerting/decider.ts';
import { ALERTS } from '../../../src/core/ports/alerting/decider.ts';
import type { Claims } from '../../../src/core/ports/claims.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import type { RunResult } from '../../../src/core/model/results.ts';
import { NOBODY } from '../../../src/core/ports/run-listener.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { startRun } from '../../../src/core/run/run.ts';
import { decideCourier } from '../../../src/core/telling/decide-courier.ts';
import { rulesSink } from '../../../src/core/telling/rules-sink.ts';
import type { Filter } from '../../../src/core/model/filter.ts';
import { portsOf } from '../build/fakes.ts';
import { filterOf, WINDOW } from '../build/reports.ts';
import { createLogBook, type LogBook } from '../build/scope.ts';
import { ruleWith } from '../build/users-rules.ts';
import { type Clock, createClock } from '../time/clock.ts';

const DEADLINE = 100_000;
const DAY_MS = 86_400_000;
/** `a` has rules, `b` has none. */
export const A = filterOf({ name: 'a', alerts: [ruleWith({ kind: 'events', above: 100, spanMs: 300_000 })] });
export const B = filterOf({ name: 'b' });

export interface DecideStage {
  readonly clock: Clock;
  readonly log: LogBook;
  /** What was to be decided, by call. */
  readonly asked: (readonly ToDecide[])[];
  /** The keys that were claimed. */
  readonly claimed: string[];
  go(given?: Partial<Order>): Promise<RunResult>;
  /** As they count now; those of an order are added. */
  readonly filters: Map<string, Filter>;
}

export function nothingCame({ filter, facts }: ToDecide): Decision {
  return { filter: filter.name, window: facts.window.start, tellings: [], broken: [], unjudged: [], isOutdated: false };
}

/** Runs with rules over fake ends, with real claims, under the test's clock. */
export function decideStage(
  source: Source,
  sinks: readonly Sink[],
  decide: Decide = async (all) => all.map(nothingCame),
  wrapClaims: (claims: Claims) => Claims = (claims) => claims,
): DecideStage {
  const clock = createClock((ms) => ms === DEADLINE || ms <= 4_000);
  const log = createLogBook();
  const asked: (readonly ToDecide[])[] = [];
  const claimed: string[] = [];
  const base = portsOf(clock, source, [...sinks, rulesSink(30 * DAY_MS)]);
  const claims = wrapClaims({
    ...base.ledger.claims,
    claim: (keys, leaseMs) => {
      claimed.push(...keys.map(({ reportId, sink }) => `${reportId} ${sink}`));
      return base.ledger.claims.claim(keys, leaseMs);
    },
  });
  const deciding: Decide = (all) => {
    asked.push(all);
    return decide(all);
  };
  const filters = new Map([A, B].map((filter) => [filter.name, filter]));
  const deps = { ...clock, decide: deciding, filterOf: (name: string) => filters.get(name), decided: () => undefined };
  const ports = {
    ...base,
    ledger: { ...base.ledger, claims },
    courier: ((sink, leases, scope) =>
      sink.name === ALERTS
        ? decideCourier(sink, leases, scope, deps)
        : createCourier(sink, leases, scope, { ...clock, progress: NOBODY })) as typeof base.courier,
  };
  const runDeps = { ...clock, log, deadlineMs: DEADLINE, shutdown: new AbortController().signal };
  return {
    clock,
    log,
    asked,
    claimed,
    go: (given = {}) => {
      const order: Order = { kind: 'plain', filters: [A, B], window: WINDOW, windowGiven: true, ...given };
      for (const filter of order.filters) if (!filters.has(filter.name)) filters.set(filter.name, filter);
      return startRun(order, 'run-1', ports, runDeps).result;
    },
    filters,
  };
}
