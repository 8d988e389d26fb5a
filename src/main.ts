import { isatty } from 'node:tty';
import { type Apm, chooseApm, preloaded } from './app/apm.ts';
import { assemble, givenBy, type Program } from './app/assemble.ts';
import { draftForStart } from './app/live/start-draft.ts';
import { StartError } from './app/start-error.ts';
import { createCrash } from './app/crash.ts';
import { realWorld } from './app/real-world.ts';
import { serve } from './app/serve.ts';
import type { World } from './app/world.ts';
import { loadMetrics, type Metrics } from './integrations/observers/metrics/index.ts';
import { createLog } from './platform/log.ts';
import { sourceLines } from './platform/source-lines.ts';
import { listen } from './server/listen.ts';

// A log pipe that closed must not end a run that is sending.
process.stdout.on('error', () => undefined);

const hasTerminal = isatty(0);
const shutdown = new AbortController();
const real = realWorld(shutdown.signal);
const named = sourceLines(import.meta.dirname, real.disk);
const world: World = { ...real, process: real.uuid(), out: { write: (line) => real.out.write(named(line)) } };
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
  await start(assemble(world, given, metrics, await draftForStart(world, given, metrics.http)), metrics);
} catch (error) {
  const faults =
    error instanceof StartError ? error.faults : [given.redact(error instanceof Error ? error.message : String(error))];
  // NOTE: while the APM agent waits for its host, the process would not end by itself.
  process.stderr.write(`sentry-monitor cannot start:\n${faults.map((fault) => `  ${fault}\n`).join('')}`, () =>
    process.exit(1),
  );
}

async function start(parts: Program, metrics: Metrics): Promise<void> {
  const { settings, log, redact, runner, ledger, live } = parts;
  const { sleep, server } = world;
  const apm = chooseApm(settings.apm, preloaded(globalThis), { log, redact, server, sleep });
  const app = serve({ ...parts, runner: apm.watch(runner) }, world, metrics);
  let hangUp: () => void = () => undefined;
  process.on('SIGHUP', () => (isTerminalGone() ? hangUp() : void live.reload()));
  await ledger.open();
  const listening = await listen(app, settings, { sleep, abort: () => shutdown.abort() });
  const end = (signal: string): void => void stop(signal, () => listening.close(settings.shutdownMs), apm, parts);
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => end(signal));
  hangUp = () => end('SIGHUP');
  noteListening(parts, listening.port);
  void live.watch(world.shutdown);
  if (!settings.dryRun) void parts.cron?.go(world.shutdown);
  await examine(parts);
}

/** NOTE: a terminal that is closed sends the same signal as who wants the filters read again. */
function isTerminalGone(): boolean {
  return hasTerminal && !isatty(0);
}

function noteListening({ settings, filters, live, sinks, log }: Program, port: number): void {
  const { host, dryRun } = settings;
  const names = sinks.map(({ name }) => name);
  const count = filters.filters.length;
  log.info({ host, port, version: world.version, filters: count, sinks: names, dryRun }, 'listening');
  for (const { where, text, since } of live.now().faults)
    log.error(
      { filters: where, error: text },
      since === undefined ? 'filters file left out' : 'filters file not taken',
    );
  for (const { where, text } of filters.warnings)
    log.warn({ filters: where, warning: text }, 'read otherwise than it looks');
}

/** Looks at all that the program depends on, so that a wrong token or slug shows now and not at night. */
async function examine({ log, ...program }: Program): Promise<void> {
  const count = { ok: 0, warning: 0, failed: 0 };
  for await (const { status, ...finding } of program.examine()) {
    count[status] += 1;
    if (status !== 'ok') log[status === 'failed' ? 'error' : 'warn'](finding, 'mend this');
  }
  log.info(count, 'examined');
}

async function stop(signal: string, close: () => Promise<void>, apm: Apm, { log, ledger }: Program): Promise<void> {
  log.info({ signal }, 'shutting down');
  await close();
  await ledger.close();
  await apm.stop();
  log.info({}, 'stopped');
  process.exit(0);
}
