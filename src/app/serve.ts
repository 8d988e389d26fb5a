import type { Metrics } from '../integrations/observers/metrics/index.ts';
import { type App, createApp } from '../server/api/routes.ts';
import { bearer } from '../server/http/auth.ts';
import { actionsOn } from './alerting/actions.ts';
import type { Program } from './assemble.ts';
import type { World } from './world.ts';

/** The program behind HTTP. */
export function serve(program: Program, { now, uuid, server, version }: World, metrics: Metrics): App {
  const { settings, inForce, sinks, ledger, runner, listeners, ranges, gate, page, log, redact, failing, due } =
    program;
  return createApp({
    runner,
    listeners,
    log,
    redact,
    now,
    uuid,
    server,
    version,
    health: ledger.health,
    ranges,
    failing,
    awaySince: program.cron?.awaySince,
    due,
    actions: actionsOn(ledger, { uuid, server, inForce: program.live.now }),
    rest: gate.rest,
    page,
    trigger: {
      sinks: sinks.map(({ name }) => name),
      dryRun: settings.dryRun,
      settleMs: settings.settleMs,
      memoryMs: ledger.backlog?.memoryMs,
    },
    authorize: bearer(settings.tokens),
    metrics: { tokens: settings.metricsTokens, page: metrics.page },
    inForce,
  });
}
