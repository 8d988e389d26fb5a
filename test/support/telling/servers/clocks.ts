import assert from 'node:assert/strict';
import { join } from 'node:path';
import { freshDatabase } from '../../ledger/postgres.ts';
import { fill, killHard, lastEnds, postEnd } from '../../ledger/windows.ts';
import { endProcesses, ROOT } from '../../process/processes.ts';
import { type RemoteService, startRemoteSandbox, startRemoteService } from '../../process/services.ts';
import { folder } from '../../process/temp-folder.ts';
import { until } from '../../time/until.ts';
import { HOOK_KEY } from '../keys.ts';
import { openSlowReceiver, type SlowReceiver } from '../slow-receiver.ts';

const MINUTE = 60_000;
/** How wrong the servers' clocks are. */
const SKEWS = { ahead: 20 * MINUTE, right: 0, behind: -20 * MINUTE };
/** One channel is muted for so long, ms; the other one is tried again after a minute. */
const MUTED_MS = 90_000;
/** So long a pass may take to come round, ms. */
const SLACK_MS = 20_000;

/**
 * Three servers with one database and different clocks work off the same outbox. The one whose clock is ahead is first,
 * and then dies: a mute ends when it does by the database's clock, a channel that failed is tried again after a minute,
 * nothing is late, and nothing is told twice. In words.
 */
export async function toldByAnyClock(): Promise<string> {
  const [sandbox, database, receiver] = [await startRemoteSandbox(), await freshDatabase(), await openSlowReceiver()];
  const mutedUntil = Date.now() + MUTED_MS;
  const hookAt = (path: string) => ({ webhook: `${receiver.url}/${path}`, key: 'HOOK_KEY' });
  const files = folder({
    'rules.yaml': JSON.stringify({
      channels: { failing: hookAt('failing'), muted: hookAt('muted') },
      mutes: [{ channel: 'muted', until: new Date(mutedUntil).toISOString(), why: 'known' }],
      filters: [{ name: 'shop', projects: ['web'], alerts: [{ when: 'any', tell: ['failing', 'muted'] }] }],
    }),
    ...Object.fromEntries(Object.entries(SKEWS).map(([name, ms]) => [name, String(ms)])),
  });
  const [end] = lastEnds(1) as [number];
  await fill(sandbox, ['web'], [end]);
  const env = { FILTERS: files.file('rules.yaml'), LEDGER_URL: database.url, HOOK_KEY, CATCH_UP_HOURS: '0' };
  const serve = (clock: keyof typeof SKEWS): Promise<RemoteService> =>
    startRemoteService(sandbox, [], { ...env, LEASE_SECONDS: '2', CLOCK_FILE: files.file(clock), NODE_OPTIONS: CLOCK });
  const [ahead, right, behind] = [await serve('ahead'), await serve('right'), await serve('behind')];
  receiver.answers(503);
  await postEnd(ahead, end);
  const triedAt = Date.now();
  receiver.answers(200);
  for (const server of [ahead, right, behind, ahead]) await workOff(server);
  assert.deepEqual(pathsOf(receiver), ['/failing'], 'one channel was tried once, the other one is muted');
  assert.ok(Date.now() < mutedUntil, 'this machine is too slow for the mute');
  await killHard(ahead);
  const at = { '/failing': 0, '/muted': 0 };
  await until(
    'both are told',
    async () => {
      for (const server of [behind, right]) await workOff(server);
      for (const path of pathsOf(receiver).slice(1)) at[path as keyof typeof at] ||= Date.now();
      return at['/failing'] > 0 && at['/muted'] > 0;
    },
    3 * MINUTE,
  );
  for (const server of [behind, right]) await workOff(server);
  assert.deepEqual(pathsOf(receiver).toSorted(), ['/failing', '/failing', '/muted'], 'nothing is told twice');
  const waits = [at['/failing'] - triedAt - MINUTE, at['/muted'] - mutedUntil];
  for (const wait of waits) assert.ok(wait > -1_000 && wait < SLACK_MS, `${String(waits)} ms after their time`);
  const late = `select 1 from sentry_monitor_tellings where alert like '%"late":true%'`;
  assert.deepEqual(await database.query(late), [], 'nothing is late');
  await endProcesses();
  await receiver.close();
  await database.drop();
  files.remove();
  return `clocks 20 minutes apart on both sides: tried again and unmuted ${waits.map((ms) => (ms / 1000).toFixed(1)).join(' and ')} s after it was time, each once`;
}

const CLOCK = `--require=${join(ROOT, 'test/support/time/preload-clock.cjs')}`;

function pathsOf({ posts }: SlowReceiver): readonly string[] {
  return posts.map(({ path }) => path);
}

async function workOff({ url }: RemoteService): Promise<void> {
  const response = await fetch(`${url}/due`, { method: 'POST', headers: { connection: 'close' } });
  assert.equal(response.status, 200, await response.text());
}
