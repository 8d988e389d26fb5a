import assert from 'node:assert/strict';
import { freshDatabase } from '../../ledger/postgres.ts';
import { lastEnds, postEnd } from '../../ledger/windows.ts';
import { endProcesses } from '../../process/processes.ts';
import { startRemoteSandbox, startRemoteService } from '../../process/services.ts';
import { folder } from '../../process/temp-folder.ts';
import { until } from '../../time/until.ts';
import { HOOK_KEY } from '../keys.ts';
import { openSlowReceiver } from '../slow-receiver.ts';

/** How much is decided at once. */
interface Size {
  readonly channels: number;
  readonly filters: number;
  /** In each filter. */
  readonly issues: number;
  readonly servers: number;
}

/** A post takes longer than a lease. */
const [POST_MS, LEASE_SECONDS] = [6_000, '4'];

/** Three servers decide the same 200 alerts at once, by a receiver that takes 6 s a post. What came of it, in words. */
export async function toldAtOnce(): Promise<string> {
  const size = { channels: 4, filters: 20, issues: 10, servers: 3 };
  const { posts, seconds } = await tellAtOnce(size);
  return `${size.servers} servers, 200 alerts at once, ${POST_MS / 1000} s a post, ${seconds} s: each arrived once, in ${posts} posts, none twice`;
}

/** Fails unless each alert arrives once. `told`: how many arrived. */
export async function tellAtOnce({
  channels,
  filters,
  issues: each,
  servers: count,
}: Size): Promise<{ readonly told: number; readonly posts: number; readonly seconds: string }> {
  const [sandbox, database, receiver] = [await startRemoteSandbox(), await freshDatabase(), await openSlowReceiver()];
  const names = Array.from({ length: filters }, (_, n) => `f-${n}`);
  const hooks = Array.from({ length: channels }, (_, n) => `hook-${n}`);
  const files = folder({
    'rules.yaml': JSON.stringify({
      channels: Object.fromEntries(
        hooks.map((name, n) => [name, { webhook: `${receiver.url}/${n}`, key: 'HOOK_KEY' }]),
      ),
      filters: names.map((name, n) => ({
        name,
        projects: [`p-${n}`],
        alerts: [{ when: 'any', tell: hooks[n % channels] }],
      })),
    }),
  });
  const [end] = lastEnds(1) as [number];
  await sandbox.command(
    'projects',
    names.map((_, n) => ({ slug: `p-${n}` })),
  );
  const issues = names.flatMap((name, n) =>
    Array.from({ length: each }, (_, m) => ({ name, project: `p-${n}`, issue: 1000 + n * each + m })),
  );
  await sandbox.command(
    'events',
    issues.map(({ project, issue }) => ({ at: end - 60_000, project, issue, title: `Error: ${issue}`, repeat: 3 })),
  );
  receiver.takes(POST_MS);
  const env = { FILTERS: files.file('rules.yaml'), LEDGER_URL: database.url, HOOK_KEY, LEASE_SECONDS };
  const servers = await Promise.all(
    Array.from({ length: count }, () => startRemoteService(sandbox, [], { ...env, CATCH_UP_HOURS: '0' })),
  );
  const began = performance.now();
  const told = (): readonly string[] => receiver.posts.flatMap(({ alerts }) => alerts);
  const tell = async (): Promise<number> => {
    await Promise.all(servers.map((server) => postEnd(server, end)));
    return told().length;
  };
  await until('all are told', async () => (await tell()) >= issues.length, 120_000);
  await tell();
  const since = new Date(end - 300_000).toISOString();
  const wanted = issues.map(({ name, issue }) => `${name}/any/${issue}@${since}`);
  assert.deepEqual(told().toSorted(), wanted.toSorted(), 'every alert once');
  const ids = receiver.posts.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'no post twice');
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  await endProcesses();
  await receiver.close();
  await database.drop();
  files.remove();
  return { told: told().length, posts: ids.length, seconds };
}
