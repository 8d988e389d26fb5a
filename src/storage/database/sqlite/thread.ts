import * as fs from 'node:fs';
import { parentPort } from 'node:worker_threads';
import { sqliteFile } from './file.ts';
import type { Ask, Said } from './protocol.ts';
import { createQueue } from './queue.ts';
import { createWatch } from './watch.ts';

/** The thread that SQLite works in: its calls hold up this event loop and no other. An edge of its own. */
const WATCH_MS = 3_000;

const port = parentPort!;
const say = (said: Said): void => port.postMessage(said);
const file = sqliteFile();
const queue = createQueue((ask) => file.work(ask), {
  now: () => Date.now(),
  later: (ms, what) => void setTimeout(what, ms),
});
const look = createWatch(file, queue, fs);

port.on('message', (ask: Ask) =>
  queue.add(ask, (said) => {
    say(said);
    if (ask.kind === 'open') watch();
  }),
);
const timer = setInterval(watch, WATCH_MS);

function watch(): void {
  const wrong = look();
  if (wrong === null) return;
  clearInterval(timer);
  say({ lost: wrong });
}
