import { chooseApm, preloaded, type Apm } from './apm.ts';
import { bearer } from './auth.ts';
import { createApp } from './app.ts';
import { createCrash } from './crash.ts';
import { createLog } from './log.ts';
import { assemble, givenBy, StartError, type Parts, type World } from './parts.ts';
import { listen } from './server.ts';
import { realWorld } from './world.ts';

// A log pipe that closed must not end a run that is sending.
process.stdout.on('error', () => undefined);

const shutdown = new AbortController();
const world = realWorld(shutdown.signal);
const given = givenBy(world);
// A log of its own: whatever LOG_LEVEL says, and before the settings are read.
const lastWords = createLog({ level: 'error', format: given.env['LOG_FORMAT']?.trim() === 'pretty' ? 'pretty' : 'json', server: world.server }, given.mask, world.out);
const crash = createCrash({
  say: (error) => lastWords.error({ error }, 'crashed'),
  out: process.stdout, abort: () => shutdown.abort(), sleep: world.sleep, exit: (code) => process.exit(code),
});
// NOTE: not the event uncaughtException: New Relic's agent would report the error as it is before our listener runs.
process.setUncaughtExceptionCaptureCallback(crash);
process.on('unhandledRejection', crash);

try {
  await serve(assemble(world, given), world);
} catch (error) {
  const faults = error instanceof StartError ? error.faults : [given.mask(error instanceof Error ? error.message : String(error))];
  // NOTE: while the APM agent waits for its host, the process would not end by itself.
  process.stderr.write(`sentry-monitor cannot start:\n${faults.map((fault) => `  ${fault}\n`).join('')}`, () => process.exit(1));
}

async function serve(parts: Parts, { now, uuid, sleep, server, version }: World): Promise<void> {
  const { settings, filters, sinks, log, mask, runner, observe } = parts;
  const apm = chooseApm(settings.apm, preloaded(globalThis), { log, mask, server, sleep });
  const app = createApp({
    runner: apm.watch(runner), observe, log, mask, now, uuid, server, version,
    health: parts.ledger.health, ranges: parts.ranges, rest: parts.turns.rest,
    trigger: { filters: filters.filters, sinks: sinks.map(({ name }) => name), dryRun: settings.dryRun, settleMs: settings.settleMs, memoryMs: parts.ledger.backlog?.memoryMs },
    authorize: bearer(settings.tokens),
    faults: filters.faults,
  });
  await parts.ledger.open();
  const listening = await listen(app, settings.host, settings.port, { sleep, abort: () => shutdown.abort() });
  log.info({ host: settings.host, port: listening.port, version, filters: filters.filters.length, sinks: sinks.map(({ name }) => name), dryRun: settings.dryRun }, 'listening');
  for (const { where, text } of filters.faults) log.error({ filters: where, error: text }, 'filters file left out');
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(signal, () => listening.close(settings.shutdownMs), apm, parts));
  await prepare(parts);
}

/** Looks up the projects, so that a wrong token or slug shows now and not at night. */
async function prepare({ source, filters, log, openScope, settings }: Parts): Promise<void> {
  const scope = openScope('start', settings.runDeadlineMs);
  for (const complaint of await source.prepare(filters.filters, scope)) log.warn({ complaint }, 'mend this');
  scope.close();
}

async function stop(signal: string, close: () => Promise<void>, apm: Apm, { log, ledger }: Parts): Promise<void> {
  log.info({ signal }, 'shutting down');
  await close();
  await ledger.close();
  await apm.stop();
  log.info({}, 'stopped');
  process.exit(0);
}
