import type { RunSummary } from '../../../src/core/model/results.ts';
import type { FiltersInForce } from '../../../src/core/ports/filters-in-force.ts';
import { ofPlainRuns } from '../../../src/core/ports/run-listener.ts';
import type { Sink } from '../../../src/core/ports/sink.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { joinRuns } from '../../../src/core/run/join-runs.ts';
import { createListeners } from '../../../src/core/run/listeners.ts';
import type { Ports } from '../../../src/core/run/ports.ts';
import { debugCourier } from '../../../src/integrations/sinks/debug.ts';
import { createRedactor } from '../../../src/platform/redact.ts';
import { type App, type AppOptions, createApp } from '../../../src/server/api/routes.ts';
import { noLedger } from '../../../src/storage/index.ts';
import { type Clock, createClock, NOW } from '../time/clock.ts';
import { portsOf } from './fakes.ts';
import { filterOf } from './reports.ts';
import { createLogBook, type LogBook, scopeOf } from './scope.ts';

export const DEADLINE = 100_000;

export interface Stage {
  readonly app: App;
  readonly clock: Clock;
  readonly log: LogBook;
  readonly shutdown: AbortController;
  /** What observers were told. */
  readonly told: RunSummary[];
}

/** The app over a real runner, between fake ends. */
export function stageOf(
  source: Source,
  sinks: readonly Sink[],
  given: Partial<Omit<AppOptions, 'trigger' | 'inForce'>> & {
    readonly faults?: FiltersInForce['faults'];
    readonly dryRun?: boolean;
    readonly secrets?: readonly string[];
  } = {},
): Stage {
  const { dryRun = false, secrets = [], faults = [], ...more } = given;
  const filters = [filterOf({ name: 'a' }), filterOf({ name: 'b' })];
  const clock = createClock((ms) => ms > 90_000 || ms === 250);
  const log = createLogBook();
  const shutdown = new AbortController();
  const told: RunSummary[] = [];
  const real = portsOf(clock, source, sinks);
  const debug: Ports = { ...real, ledger: noLedger, courier: (sink, _leases, scope) => debugCourier(sink, scope) };
  let ids = 0;
  const app = createApp({
    runner: joinRuns(real, debug, { ...clock, log, deadlineMs: DEADLINE, shutdown: shutdown.signal }),
    log,
    redact: createRedactor(secrets),
    now: clock.now,
    uuid: () => `run-${++ids}`,
    trigger: { sinks: sinks.map(({ name }) => name), dryRun, settleMs: 120_000 },
    authorize: () => true,
    inForce: () => ({
      filters,
      faults,
      loadedAt: NOW,
      files: 1,
      rejected: faults.length,
      print: 'texts',
      place: 'path',
    }),
    server: 'host-1',
    version: '1.2.3',
    listeners: createListeners([ofPlainRuns({ name: 'told', ended: async (summary) => void told.push(summary) })], {
      openScope: () => ({ ...scopeOf(), close: () => undefined }),
      log,
    }),
    ...more,
  });
  return { app, clock, log, shutdown, told };
}
