import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { gunzipSync, gzipSync } from 'node:zlib';
import { lastEnds } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { type RemoteService, startRemoteSandbox, startRemoteService } from '../support/process/services.ts';
import { cpuOf, say } from './measure.ts';
import { RULE } from './page-alerts.ts';
import { DAYS, FILTERS, LOOKED_AT, NAMES, openFilled, teamOf, WINDOWS } from './page-ledger.ts';

/**
 * What a look at the page costs with 500 filters that have a rule each, a day of their windows, a month of their hours,
 * 50 alerts that last and 1,000 messages in the ledger: bytes, and the service's own work, at the first look, when
 * nothing is new, after a run of its own that kept one more window, and after one of another server. And what that
 * run's service does before anybody looks again.
 */
const LOOKS = 4;
/** Windows that are kept later: two before anybody looks, two while somebody does. */
const LATER = 4;
/** What is made ahead is there so long after a run, ms. */
const MADE_MS = 5_000;
/** Of work, of one view that is made ahead. */
const AHEAD = 10;

interface Most {
  readonly kilobytes: number;
  /** Of work, of a look that finds nothing new. */
  readonly yards: number;
  /** Of work, of the first look after a run here kept one more window. */
  readonly later: number;
  /** The same after another server's run. */
  readonly elsewhere: number;
}
const OVERVIEW: Most = { kilobytes: 250, yards: 8, later: 5, elsewhere: 14 };
const MESSAGES: Most = { kilobytes: 30, yards: 3, later: 3, elsewhere: 3 };
const FILTER: Most = { kilobytes: 100, yards: 6, later: 10, elsewhere: 10 };
const PAGES: readonly (readonly [name: string, path: string, most: Most])[] = [
  ['overview', '/', OVERVIEW],
  ['overview, 24 h', '/?range=24h', OVERVIEW],
  ['overview, 7 d', '/?range=7d', OVERVIEW],
  ['overview, 30 d', '/?range=30d', OVERVIEW],
  ['all filters', '/filters', OVERVIEW],
  ['messages', '/messages', MESSAGES],
  ['one filter', `/filters/${LOOKED_AT}`, FILTER],
  ['one filter, 30 d', `/filters/${LOOKED_AT}?range=30d`, FILTER],
];

/** CPU that this machine takes to pack 800 kB of text once, ms: what the service's work is compared with. */
function yardstick(): number {
  const numbers = Array.from({ length: 100_000 }, (_, n) => ((n * 2_654_435_761) % 2 ** 32).toString(36).padStart(8));
  const text = numbers.join('');
  const before = process.cpuUsage();
  for (let n = 0; n < 20; n++) gzipSync(text);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / 20;
}

interface Bytes {
  readonly packed: number;
  readonly whole: number;
}

function look(url: string): Promise<Bytes> {
  return new Promise((done, fail) => {
    request(url, { headers: { 'accept-encoding': 'gzip', connection: 'close' } }, (response) => {
      const parts: Buffer[] = [];
      response
        .on('data', (part: Buffer) => parts.push(part))
        .on('end', () => {
          const packed = Buffer.concat(parts);
          const whole = gunzipSync(packed).toString();
          if (response.statusCode !== 200 || !whole.includes('</html>'))
            return fail(new Error(`${response.statusCode}: ${whole.slice(0, 300)}`));
          done({ packed: packed.length, whole: whole.length });
        });
    })
      .once('error', fail)
      .end();
  });
}

/** CPU of so many looks, in the mean, ms. The same page within two seconds is not made again. */
async function workOf({ url, child }: RemoteService, path: string, looks: number): Promise<Bytes & { ms: number }> {
  let cpu = 0;
  let bytes: Bytes = { packed: 0, whole: 0 };
  for (let n = 0; n < looks; n++) {
    await wait(2_100);
    const before = cpuOf(child.pid!);
    bytes = await look(`${url}${path}`);
    cpu += cpuOf(child.pid!) - before;
  }
  return { ...bytes, ms: cpu / looks };
}

/** CPU of a plain run over a window that the ledger has, and of what follows, ms. */
async function workOfRun({ url, child }: RemoteService, end: number): Promise<number> {
  const before = cpuOf(child.pid!);
  const at = (end + 130_000) / 1000;
  const response = await fetch(`${url}/run?at=${at}`, { method: 'POST', headers: { connection: 'close' } });
  const { status } = (await response.json()) as { readonly status?: unknown };
  if (status !== 'ok') throw new Error(`the run was ${String(status)}`);
  await wait(MADE_MS);
  return cpuOf(child.pid!) - before;
}

const folder = mkdtempSync(join(tmpdir(), 'sentry-monitor-'));
try {
  const url = `sqlite:${join(folder, 'ledger.db')}`;
  const ends = lastEnds(WINDOWS + LATER);
  const later = ends.slice(0, LATER).toReversed();
  const past = ends.slice(LATER);
  const began = performance.now();
  const ledger = await openFilled(url, past);
  say(`filled in ${((performance.now() - began) / 1000).toFixed(0)} s`);
  const { bytesAnHour } = ledger;
  say(
    `a row of an hour: ${bytesAnHour.toFixed(0)} bytes; a filter and ${DAYS} days: ${((bytesAnHour * DAYS * 24) / 1000).toFixed(0)} kB`,
  );
  const sandbox = await startRemoteSandbox();
  await sandbox.command('projects', [{ slug: 'web' }]);
  const service = await startRemoteService(
    sandbox,
    NAMES.map((name, n): FilterSpec & { alerts: unknown } => ({
      ...{ name, team: teamOf(n), projects: ['web'], alerts: [RULE] },
    })),
    { LEDGER_URL: url, CATCH_UP_HOURS: '0', RECOUNT: 'off' },
  );
  const yard = yardstick();
  say(`${FILTERS} filters, ${WINDOWS} windows and ${DAYS} days of hours each; yardstick ${yard.toFixed(1)} ms`);
  say('page                  first CPU ms   nothing new   yards      bytes    packed');
  const faults: string[] = [];
  const unseen: number[] = [];
  for (const end of later.slice(0, 2)) {
    await ledger.add(end);
    unseen.push(await workOfRun(service, end));
  }
  // All first looks before the others: the first of them has the start's own work in it.
  const firsts = new Map<string, number>();
  for (const [name, path] of PAGES) firsts.set(name, (await workOf(service, path, 1)).ms);
  for (const [name, path, most] of PAGES) {
    const again = await workOf(service, path, LOOKS);
    const yards = again.ms / yard;
    say(
      [
        name.padEnd(22),
        firsts.get(name)!.toFixed(0).padStart(12),
        again.ms.toFixed(0).padStart(14),
        yards.toFixed(1).padStart(8),
        String(again.whole).padStart(11),
        String(again.packed).padStart(10),
      ].join(''),
    );
    if (again.packed > most.kilobytes * 1000) faults.push(`${name}: more than ${most.kilobytes} kB packed`);
    if (yards > most.yards) faults.push(`${name}: ${yards.toFixed(1)} yardsticks of work, more than ${most.yards}`);
  }
  const looks = async (who: 'later' | 'elsewhere', words: string): Promise<void> => {
    for (const [name, path, most] of PAGES) {
      const yards = (await workOf(service, path, 1)).ms / yard;
      say(`${name}, ${words}: ${(yards * yard).toFixed(0)} ms, ${yards.toFixed(1)} yards`);
      if (yards > most[who]) faults.push(`${name}, ${words}: ${yards.toFixed(1)} yards, more than ${most[who]}`);
    }
  };
  await ledger.add(later[2]!);
  const seen = await workOfRun(service, later[2]!);
  const views = PAGES.filter(([, , most]) => most === OVERVIEW).length;
  const each = (seen - unseen[1]!) / views;
  say(`a run ${unseen[1]!} ms; with ${views} views made ahead ${seen} ms: ${each.toFixed(0)} ms a view`);
  if (each / yard > AHEAD) faults.push(`a view made ahead takes ${(each / yard).toFixed(1)} yards, more than ${AHEAD}`);
  await looks('later', 'after a run here');
  await ledger.add(later[3]!);
  await looks('elsewhere', 'after one elsewhere');
  await ledger.close();
  if (faults.length > 0) throw new Error(faults.join('\n'));
} finally {
  await endProcesses();
  rmSync(folder, { recursive: true });
}
