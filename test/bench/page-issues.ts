import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { MOST_EVENTS } from '../../src/core/ports/events/event-store.ts';
import { createDatabase } from '../../src/storage/database/database.ts';
import { sqlEvents } from '../../src/storage/ledger/events/index.ts';
import { createLogBook } from '../support/build/scope.ts';
import { eventOf } from '../support/events/events.ts';
import { endProcesses } from '../support/process/processes.ts';
import { startRemoteSandbox, startRemoteService } from '../support/process/services.ts';
import { cpuOf, say } from './measure.ts';

/** What a look at issues costs with 10,000 of them and 100,000 events of ten days in the store: the service's work. */
const ISSUES = 10_000;
const EVENTS = 100_000;
const DAY = 86_400_000;
const LOOKS = 3;
/** Work of a look, ms of CPU in all threads. */
const MOST_MS = 100;
/** And of the first one at a range or an issue, when all of it is counted; that of the process loads what it needs. */
const MOST_FIRST_MS = 200;
const PAGES = [
  '/issues',
  '/issues?range=7d',
  '/issues?range=7d&by=users',
  '/issues?range=30d&page=40',
  '/issues?range=7d&q=trouble+77&state=new',
  '/issues/77',
];

const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
try {
  const url = `sqlite:${join(folder, 'ledger.db')}`;
  const database = createDatabase(url, { now: Date.now, leaseMs: 30_000, log: createLogBook() });
  const store = sqlEvents(database);
  const newest = Date.now();
  for (let from = 0; from < EVENTS; from += MOST_EVENTS) {
    const events = Array.from({ length: MOST_EVENTS }, (_, n) => {
      const place = from + n;
      const issue = (place * 7_919) % ISSUES;
      return eventOf(`e${place}`, {
        ...{ issueId: String(issue), title: `Error: trouble ${issue}`, user: `id:${place % 997}` },
        ...{ at: newest - Math.floor((place / EVENTS) * 10 * DAY), release: 'shop@1.2', environment: 'production' },
        tags: { browser: 'Firefox 128', os: 'Linux' },
      });
    });
    await store.add({ project: 'shop', events });
  }
  await database.close();
  const file = join(folder, 'filters.yaml');
  const intakes = { shop: { sqs: 'https://sqs.eu-west-1.amazonaws.com/123456789012/errors' } };
  writeFileSync(file, JSON.stringify({ intakes, filters: [{ name: 'shop', projects: ['shop'] }] }));
  const sandbox = await startRemoteSandbox();
  const keys = { AWS_REGION: 'eu-west-1', AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME', AWS_SECRET_ACCESS_KEY: 'x' };
  const service = await startRemoteService(sandbox, [], { LEDGER_URL: url, FILTERS: file, ...keys });
  const look = async (path: string): Promise<number> => {
    const response = await fetch(`${service.url}${path}`, { headers: { connection: 'close' } });
    const text = await response.text();
    if (response.status !== 200) throw new Error(`${path}: ${response.status} ${text.slice(0, 300)}`);
    return text.length;
  };
  const faults: string[] = [];
  for (const path of PAGES) {
    let [first, cpu, bytes] = [0, 0, 0];
    for (let n = 0; n <= LOOKS; n++) {
      await wait(2_100);
      const before = cpuOf(service.child.pid!);
      bytes = await look(path);
      const ms = cpuOf(service.child.pid!) - before;
      if (n === 0) first = ms;
      else cpu += ms / LOOKS;
    }
    say(
      `${path.padEnd(42)} first ${String(first).padStart(4)} ms, then ${cpu.toFixed(0).padStart(4)} ms, ${bytes} bytes`,
    );
    if (path !== PAGES[0] && first > MOST_FIRST_MS)
      faults.push(`${path}: ${first} ms of work at first, more than ${MOST_FIRST_MS}`);
    if (cpu > MOST_MS) faults.push(`${path}: ${cpu.toFixed(0)} ms of work, more than ${MOST_MS}`);
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true });
}
