import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Report } from '../../src/core/model/report.ts';
import { createDatabase } from '../../src/storage/database/database.ts';
import { sqlHistory } from '../../src/storage/ledger/history.ts';
import { claimOf } from '../../src/storage/ledger/claim-rows.ts';
import { textOf } from '../../src/storage/ledger/codec.ts';
import { filterOf, issueOf, reportOf } from '../support/build/reports.ts';
import { createLogBook } from '../support/build/scope.ts';
import { lastEnds } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import { startRemoteSandbox, startRemoteService } from '../support/process/services.ts';
import { cpuOf, say } from './measure.ts';

/** What a look at the page costs with a day of 200 filters in the ledger: bytes, and the service's own work. */
const FILTERS = 200;
const WINDOWS = 288;
const LOOKS = 7;
const MOST = { kilobytes: 300, yards: 14 };
const NAMES = Array.from({ length: FILTERS }, (_, n) => `team-${n % 10}-filter-${n}`);

/** CPU that this machine takes to pack 800 kB of text once, in ms: what the service's work is compared with. */
function yardstick(): number {
  const text = Array.from({ length: 100_000 }, (_, n) => ((n * 2_654_435_761) % 2 ** 32).toString(36).padStart(8)).join(
    '',
  );
  const before = process.cpuUsage();
  for (let n = 0; n < 20; n++) gzipSync(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / 20;
}

function reportFor(name: string, n: number, end: number, back: number): Report {
  const start = end - 300_000;
  const events = Math.floor(Math.abs(Math.sin(n + back / 9)) * (n % 7 === 0 ? 9000 : 90));
  const issues = Array.from({ length: 25 }, (_, rank) =>
    issueOf({
      issueId: String(n * 100 + rank),
      rank: rank + 1,
      trending: rank < n % 3,
      state: rank < n % 3 ? 'surging' : 'ongoing',
      score: 9 - rank / 5,
      expected: 2.5,
    }),
  );
  return reportOf({
    id: `${name}@${new Date(start).toISOString()}`,
    filter: filterOf({ name, team: `team-${n % 10}` }),
    window: { start, end },
    issues: back < 2 ? issues : issues.slice(0, 3),
    complete: (n + back) % 97 !== 0,
    totals: ['web', 'api'].map((project, k) => ({
      project: `${project}-${n}`,
      projectId: String(n * 10 + k),
      events,
      users: 3,
      issues: 25,
    })),
  });
}

async function fill(url: string, ends: readonly number[]): Promise<void> {
  const clock = { now: 0 };
  const database = createDatabase(url, { now: () => clock.now, leaseMs: 30_000, log: createLogBook() });
  const history = sqlHistory(database, { server: 'host-1' });
  const { db } = await database.ready();
  for (const [back, end] of [...ends.entries()].reverse()) {
    // Recorded when a cron would have had it counted.
    clock.now = end + 180_000;
    const reports = NAMES.flatMap((name, n) => ((n + back) % 71 === 0 ? [] : [reportFor(name, n, end, back)]));
    for (let at = 0; at < reports.length; at += 50) await history.put(reports.slice(at, at + 50));
    const receipt = textOf({
      accepted: 30,
      refused: [],
      uncertain: 0,
      failed: 0,
      refs: ['9b2ba0b0-0001-b000-0000-019ab4'],
    });
    const claims = reports.flatMap(({ id }) =>
      ['newrelic', 'anodot'].map((sink) => ({
        claim: claimOf({ reportId: id, revision: 0, sink }),
        report_id: id,
        revision: 0,
        sink,
        created_at: end,
        token: 'x',
        server: 'host-1',
        lease_until: 0,
        done: 1,
        receipt,
        delivered: null,
        items: null,
      })),
    );
    for (let at = 0; at < claims.length; at += 200)
      await db
        .insertInto('sentry_monitor_claims')
        .values(claims.slice(at, at + 200))
        .execute();
    await history.began({ runId: `run-${back}`, window: { start: end - 300_000, end }, reports: FILTERS });
    await history.ended({ runId: `run-${back}`, outcome: 'ok', sourceRequests: 600, sinkRequests: 10 });
  }
  await database.close();
}

interface Look {
  readonly ms: number;
  readonly packed: number;
  readonly whole: number;
}

function look(url: string): Promise<Look> {
  const began = performance.now();
  return new Promise((done, fail) => {
    request(url, { headers: { 'accept-encoding': 'gzip', connection: 'close' } }, (response) => {
      const parts: Buffer[] = [];
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          const packed = Buffer.concat(parts);
          const whole = gunzipSync(packed).toString();
          if (response.statusCode !== 200 || !whole.includes('Counts come from the ledger'))
            return fail(new Error(`${response.statusCode}: ${whole.slice(0, 300)}`));
          done({ ms: performance.now() - began, packed: packed.length, whole: whole.length });
        });
    })
      .once('error', fail)
      .end();
  });
}

const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
try {
  const url = `sqlite:${join(folder, 'ledger.db')}`;
  await fill(url, lastEnds(WINDOWS));
  const sandbox = await startRemoteSandbox();
  const service = await startRemoteService(
    sandbox,
    NAMES.map((name, n) => ({ name, team: `team-${n % 10}`, projects: ['web'] })),
    { LEDGER_URL: url },
  );
  const yard = yardstick();
  say(`yardstick: ${yard.toFixed(1)} ms`);
  say(
    `${FILTERS} filters, ${WINDOWS} windows each\npage                 first ms    then ms   service CPU ms      bytes    packed`,
  );
  for (const [name, path] of [
    ['overview', '/'],
    ['one filter', `/filters/${NAMES[3]!}`],
  ] as const) {
    const first = await look(`${service.url}${path}`);
    const looks: Look[] = [];
    let cpu = 0;
    for (let n = 0; n < LOOKS; n++) {
      // The same page within two seconds is not made again.
      await wait(2_100);
      const before = cpuOf(service.child.pid!);
      looks.push(await look(`${service.url}${path}`));
      cpu += cpuOf(service.child.pid!) - before;
    }
    const ms = looks.map((it) => it.ms).toSorted((a, b) => a - b)[Math.floor(LOOKS / 2)]!;
    say(
      `${name.padEnd(18)}${first.ms.toFixed(0).padStart(11)}${ms.toFixed(0).padStart(11)}${(cpu / LOOKS).toFixed(0).padStart(17)}${String(first.whole).padStart(11)}${String(first.packed).padStart(10)}`,
    );
    if (first.packed > MOST.kilobytes * 1000) throw new Error(`${name}: more than ${MOST.kilobytes} kB packed`);
    const work = cpu / LOOKS / yard;
    if (work > MOST.yards) throw new Error(`${name}: ${work.toFixed(1)} yardsticks of work, more than ${MOST.yards}`);
  }
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true });
}
