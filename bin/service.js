import { run } from './run.js';

// Until the program listens for them itself: who asks early for its filters to be read again does not end the start,
// and who wants an end has it. NOTE: as process 1 of a container no signal ends it that nobody listens for.
process.on('SIGHUP', () => undefined);
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => endUnlessHeard(signal));
await run('main');

function endUnlessHeard(signal) {
  if (process.listenerCount(signal) > 0) return;
  process.stderr.write(`stopped by ${signal} before it listened\n`);
  process.exit(0);
}
