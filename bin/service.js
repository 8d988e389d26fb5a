import { run } from './run.js';

// Until the program listens for it itself: who asks early for its filters to be read again does not end the start.
process.on('SIGHUP', () => undefined);
await run('main');
