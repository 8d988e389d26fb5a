import { type Apm, chooseApm, preloaded } from './app/apm.ts';
import { assemble, givenBy, type Program, StartError } from './app/assemble.ts';
import { createCrash } from './app/crash.ts';
import { realWorld } from './app/real-world.ts';
import type { World } from './app/world.ts';
import { loadMetrics, type Metrics } from './integrations/observers/metrics.ts';
import { createLog } from './platform/log.ts';
import { createApp } from './server/api/routes.ts';
import { bearer } from './server/http/auth.ts';
import { listen } from './server/listen.ts';

// A log pipe that closed must not end a run that is sending.
process.stdout.on('error', () => undefined);

const shutdown = new AbortController();
const world = realWorld(shutdown.signal);
const given = givenBy(world);
// A log of its own: whatever LOG_LEVEL says, and before the settings are read.
const lastWords = createLog(
  { level: 'error', format: given.env['LOG_FORMAT']?.trim() === 'pretty' ? 'pretty' : 'json', server: world.server },
  given.redact,
  world.out,
);
const crash = createCrash({
  say: (error) => lastWords.error({ error }, 'crashed'),
  out: process.stdout,
  abort: () => shutdown.abort(),
  sleep: world.sleep,
  exit: (code) => process.exit(code),
});
// NOTE: not the event uncaughtException: New Relic's agent would report the error as it is before our listener runs.
process.setUncaughtExceptionCaptureCallback(crash);
process.on('unhandledRejection', crash);

try {
  const metrics = await loadMetrics(world.now);
  await serve(assemble(world, given, metrics), world, metrics);
} catch (error) {
  const faults =
    error instanceof StartError ? error.faults : [given.redact(error instanceof Error ? error.message : String(error))];
  // NOTE: while the APM agent waits for its host, the process would not end by itself.
  process.stderr.write(`sentry-monitor cannot start:\n${faults.map((fault) => `  ${fault}\n`).join('')}`, () =>
    process.exit(1),
  );
}

async function serve(parts: Program, { now, uuid, sleep, server, version }: World, metrics: Metrics): Promise<void> {
  const { settings, filters, sinks, log, redact, runner, begin, observe } = parts;
  const apm = chooseApm(settings.apm, preloaded(globalThis), { log, redact, server, sleep });
  const app = createApp({
    runner: apm.watch(runner),
    begin,
    observe,
    log,
    redact,
    now,
    uuid,
    server,
    version,
    health: parts.ledger.health,
    ranges: parts.ranges,
    rest: parts.gate.rest,
    page: parts.page,
    trigger: {
      filters: filters.filters,
      sinks: sinks.map(({ name }) => name),
      dryRun: settings.dryRun,
      settleMs: settings.settleMs,
      memoryMs: parts.ledger.backlog?.memoryMs,
    },
    authorize: bearer(settings.tokens),
    metrics: { tokens: settings.metricsTokens, page: metrics.page },
    faults: filters.faults,
  });
  await parts.ledger.open();
  const listening = await listen(app, settings, { sleep, abort: () => shutdown.abort() });
  log.info(
    {
      host: settings.host,
      port: listening.port,
      version,
      filters: filters.filters.length,
      sinks: sinks.map(({ name }) => name),
      dryRun: settings.dryRun,
    },
    'listening',
  );
  for (const { where, text } of filters.faults) log.error({ filters: where, error: text }, 'filters file left out');
  for (const signal of ['SIGTERM', 'SIGINT'] as const)
    process.once(signal, () => void stop(signal, () => listening.close(settings.shutdownMs), apm, parts));
  await prepare(parts);
}

/** Looks up the projects, so that a wrong token or slug shows now and not at night. */
async function prepare({ source, filters, log, openScope, settings }: Program): Promise<void> {
  const scope = openScope('start', settings.runDeadlineMs);
  for (const complaint of await source.prepare(filters.filters, scope)) log.warn({ complaint }, 'mend this');
  scope.close();
}

async function stop(signal: string, close: () => Promise<void>, apm: Apm, { log, ledger }: Program): Promise<void> {
  log.info({ signal }, 'shutting down');
  await close();
  await ledger.close();
  await apm.stop();
  log.info({}, 'stopped');
  process.exit(0);
}
