/**
 * Alerts over real processes: `node test/proofs/alerts.ts [kills] [seed] [once|kills]`.
 * Three servers with one PostgreSQL decide the same 200 alerts at once, and each post takes 6 s: every alert arrives
 * once, no message twice. Then servers are killed at random points between deciding, sending and marking: nothing is
 * lost; the webhook, which knows repeats by their ids, gets each alert in one message, and the log, which does not, at
 * most once more, marked. Exit code 1 when one of them fails.
 */
import assert from 'node:assert/strict';
import { dice } from '../support/e2e/story.ts';
import { freshDatabase, stopPostgres, type TestDatabase } from '../support/ledger/postgres.ts';
import { fill, killHard, lastEnds, postEnd } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { folder } from '../support/process/temp-folder.ts';
import { openSlowReceiver, type SlowReceiver } from '../support/telling/slow-receiver.ts';
import { until } from '../support/time/until.ts';

const KEY = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';
const [CHANNELS, FILTERS, ISSUES, SERVERS] = [4, 20, 10, 3];
const say = (line: string): void => void process.stdout.write(`${line}\n`);
const kills = Number(process.argv[2] ?? 100);
const seed = Number(process.argv[3] ?? Date.now() % 1_000_000);
const only = process.argv[4];

interface Stage {
  readonly sandbox: RemoteSandbox;
  readonly database: TestDatabase;
  readonly receiver: SlowReceiver;
  serve(): Promise<RemoteService>;
  close(): Promise<void>;
}

async function open(file: (receiver: SlowReceiver) => unknown, env: Record<string, string> = {}): Promise<Stage> {
  const [sandbox, database, receiver] = [await startRemoteSandbox(), await freshDatabase(), await openSlowReceiver()];
  const files = folder({ 'rules.yaml': JSON.stringify(file(receiver)) });
  const common = { FILTERS: files.file('rules.yaml'), LEDGER_URL: database.url, HOOK_KEY: KEY, LEASE_SECONDS: '2' };
  return {
    sandbox,
    database,
    receiver,
    serve: () => startRemoteService(sandbox, [], { ...common, CATCH_UP_HOURS: '0', ...env }),
    close: async () => {
      await endProcesses();
      await receiver.close();
      await database.drop();
      files.remove();
    },
  };
}

async function allAtOnce(): Promise<void> {
  const names = Array.from({ length: FILTERS }, (_, n) => `f-${n}`);
  const stage = await open(({ url }) => ({
    channels: Object.fromEntries(
      Array.from({ length: CHANNELS }, (_, n) => [`hook-${n}`, { webhook: `${url}/${n}`, key: 'HOOK_KEY' }]),
    ),
    filters: names.map((name, n) => ({
      name,
      projects: [`p-${n}`],
      alerts: [{ when: 'any', tell: `hook-${n % CHANNELS}` }],
    })),
  }));
  const [end] = lastEnds(1) as [number];
  await stage.sandbox.command(
    'projects',
    names.map((_, n) => ({ slug: `p-${n}` })),
  );
  const issues = names.flatMap((name, n) =>
    Array.from({ length: ISSUES }, (_, m) => ({ name, project: `p-${n}`, issue: 1000 + n * ISSUES + m })),
  );
  await stage.sandbox.command(
    'events',
    issues.map(({ project, issue }) => ({ at: end - 60_000, project, issue, title: `Error: ${issue}`, repeat: 3 })),
  );
  stage.receiver.takes(6_000);
  const servers = await Promise.all(Array.from({ length: SERVERS }, stage.serve));
  const began = performance.now();
  const tell = async (): Promise<number> => {
    await Promise.all(servers.map((server) => postEnd(server, end)));
    return stage.receiver.posts.flatMap(({ alerts }) => alerts).length;
  };
  await until('all are told', async () => (await tell()) >= issues.length, 120_000);
  await tell();
  const got = stage.receiver.posts.flatMap(({ alerts }) => alerts).toSorted();
  const since = new Date(end - 300_000).toISOString();
  const wanted = issues.map(({ name, issue }) => `${name}/any/${issue}@${since}`).toSorted();
  assert.deepEqual(got, wanted, 'every alert once');
  const ids = stage.receiver.posts.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'no post twice');
  say(
    `${SERVERS} servers, ${issues.length} alerts at once, 6 s a post, ${seconds(performance.now() - began)}: each arrived once, in ${ids.length} posts, none twice`,
  );
  await stage.close();
}

/** Where a kill falls: at any instant of the run, or while the receiver has the post and has not answered. */
const MOMENTS = ['any', 'posted'] as const;

async function killed(): Promise<void> {
  const stage = await open(
    ({ url }) => ({
      channels: { hook: { webhook: url, key: 'HOOK_KEY' } },
      filters: [{ name: 'shop', projects: ['web'], alerts: [{ when: 'any', tell: ['hook', 'console'] }] }],
    }),
    { SERVER_NAME: 'proof' },
  );
  const random = dice(seed);
  const ends = lastEnds(kills).toReversed();
  await fill(stage.sandbox, ['web'], ends);
  const counts = { any: 0, posted: 0 };
  const logs: RemoteService[] = [];
  const start = async (): Promise<RemoteService> => {
    const server = await stage.serve();
    logs.push(server);
    return server;
  };
  let usual = 2_000;
  for (const [index, end] of ends.entries()) {
    const moment = MOMENTS[index % MOMENTS.length]!;
    const alert = `shop/any/100@${new Date(end - 300_000).toISOString()}`;
    const isThere = (): boolean => stage.receiver.posts.some(({ alerts }) => alerts.includes(alert));
    const victim = await start();
    stage.receiver.takes(moment === 'posted' ? 30_000 : 0);
    const lost = postEnd(victim, end).catch(() => null);
    if (moment === 'posted') await until('it is posted', isThere, 30_000);
    else await Promise.race([lost, new Promise((done) => void setTimeout(done, random() * usual))]);
    await killHard(victim);
    await lost;
    // What the dead server held is not waited for.
    await stage.database.query('update sentry_monitor_channels set lease_until = 0');
    stage.receiver.takes(0);
    counts[moment]++;
    const began = performance.now();
    const next = await start();
    const isDone = async (): Promise<boolean> => {
      await postEnd(next, end);
      return isThere() && (await openIn(stage.database)) === 0;
    };
    await until(`${alert} is told, and marked`, isDone, 60_000);
    usual = Math.min(4_000, Math.max(500, performance.now() - began));
    await killHard(next);
  }
  const byAlert = Map.groupBy(
    stage.receiver.posts.flatMap(({ id, alerts }) => alerts.map((alert) => ({ id, alert }))),
    ({ alert }) => alert,
  );
  assert.equal(byAlert.size, kills, 'none is lost, and none is made up');
  let repeats = 0;
  for (const [alert, posts] of byAlert) {
    assert.equal(new Set(posts.map(({ id }) => id)).size, 1, `${alert} is in one message`);
    repeats += posts.length - 1;
  }
  const lines = logs
    .flatMap((it) => it.log())
    .filter(({ channel, alert }) => channel === 'console' && alert !== undefined);
  const byMessage = Map.groupBy(lines, ({ message }) => String(message));
  assert.equal(byMessage.size, kills, 'none is lost in the log');
  let marked = 0;
  for (const [message, some] of byMessage) {
    assert.ok(some.length <= 2, `${message} is ${some.length} times in the log`);
    if (some.length < 2) continue;
    assert.match(String(some[1]!['alert']), /repeat/, 'the second one says that it may be one');
    marked++;
  }
  say(
    `${kills} kills, seed ${seed} (${counts.any} anywhere, ${counts.posted} while posted): ${byAlert.size} alerts, each in one message, ${repeats} repeats known by their id; in the log ${marked} repeated, marked; none lost`,
  );
  await stage.close();
}

/** Messages and tellings that wait. */
async function openIn(database: TestDatabase): Promise<number> {
  const rows = await database.query(
    `select fate from sentry_monitor_tellings where fate not in ('sent', 'dropped', 'refused', 'given up')`,
  );
  return rows.length;
}

try {
  if (only !== 'kills') await allAtOnce();
  if (only !== 'once') await killed();
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await endProcesses();
  await stopPostgres();
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`;
}
