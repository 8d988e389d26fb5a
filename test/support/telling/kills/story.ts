import assert from 'node:assert/strict';
import { dice } from '../../e2e/story.ts';
import { fill, killHard, lastEnds, postEnd } from '../../ledger/windows.ts';
import { endProcesses } from '../../process/processes.ts';
import { type RemoteService, startRemoteSandbox, startRemoteService } from '../../process/services.ts';
import { folder } from '../../process/temp-folder.ts';
import { until } from '../../time/until.ts';
import { HOOK_KEY } from '../keys.ts';
import { openSlowReceiver, type Post, type SlowReceiver } from '../slow-receiver.ts';
import type { KillPlace, Moment } from './places.ts';

/** A kill, and what came of the alert of its window, by channel. */
export interface Killed {
  readonly moment: Moment;
  readonly alert: string;
  /** Had it when the server died. */
  readonly before: number;
  readonly posts: readonly Post[];
  /** Texts of the log. */
  readonly lines: readonly string[];
}

const WAITS = `select 1 from sentry_monitor_tellings
  where fate not in ('sent', 'dropped', 'refused', 'given up')`;
const POSTING = `select 1 from sentry_monitor_messages where posts like '%"isPosting":true%'`;

/**
 * One server after the other decides a window, is killed at a moment of it, and the next one does the rest. Nothing is
 * waited for but that a dead server's leases end, as in life.
 */
export async function killAll(kills: number, seed: number, place: KillPlace): Promise<readonly Killed[]> {
  const stage = await openStage(place, kills);
  try {
    return await killIn(stage, dice(seed), place);
  } finally {
    await endProcesses();
    await stage.close();
  }
}

async function killIn(stage: Stage, random: () => number, place: KillPlace): Promise<readonly Killed[]> {
  const done: Pick<Killed, 'moment' | 'alert' | 'before'>[] = [];
  let server = await stage.start();
  await place.prepare();
  let usualMs = 1_000;
  for (const [index, end] of stage.ends.entries()) {
    const moment = place.moments[index % place.moments.length]!;
    const seen = stage.seenOf(end);
    const stop = moment === 'any' ? null : await place.stopAt(moment, stage.receiver, () => isOut(moment, seen, place));
    const posting = postUntilItDies(server, end);
    if (stop === null) await new Promise((over) => void setTimeout(over, random() * usualMs));
    else await stop.reached().catch((error: unknown) => fail(`kill ${index + 1}, ${moment}`, seen, error));
    const before = seen.posts().length + seen.lines().length;
    await killHard(server);
    await posting;
    await stop?.open();
    server = await stage.start();
    const began = performance.now();
    await until(`${seen.alert} is told, and noted`, async () => {
      await postEnd(server, end);
      return seen.posts().length > 0 && seen.lines().length > 0 && (await place.rows(WAITS)).length === 0;
    });
    usualMs = Math.min(2_000, Math.max(200, performance.now() - began));
    done.push({ moment, alert: seen.alert, before });
  }
  await endProcesses();
  const all = done.map((it, index): Killed => {
    const { posts, lines } = stage.seenOf(stage.ends[index]!);
    return { ...it, posts: posts(), lines: lines() };
  });
  const told = new Set(stage.receiver.posts.flatMap((post) => post.alerts));
  assert.deepEqual([...told].toSorted(), all.map(({ alert }) => alert).toSorted(), 'none lost, and none made up');
  return all;
}

/** NOTE: on a machine with much else to do a moment may not come within its time: the numbers show how far it was. */
function fail(what: string, { posts, lines }: Seen, error: unknown): never {
  throw new Error(`${what}: ${posts().length} posts, ${lines().length} lines`, { cause: error });
}

/** As a cron does: a run of a busy machine may lose its lease, and the next one goes on. */
async function postUntilItDies(server: RemoteService, end: number): Promise<void> {
  while (
    await postEnd(server, end).then(
      () => true,
      () => false,
    )
  );
}

/** Whether all that the moment says to be out is, and the rest is through. */
async function isOut(moment: Moment, { posts, lines }: Seen, place: KillPlace): Promise<boolean> {
  if (moment === 'deciding' || moment === 'forming') return true;
  const { length } = await place.rows(POSTING);
  if (moment === 'beginning') return lines().length > 0 && length === 0;
  if (moment === 'log written') return lines().length > 0 && length > 0;
  return posts().length > 0 && lines().length > 0 && length === 1;
}

/** What was seen of the alert of a window. */
interface Seen {
  readonly alert: string;
  posts(): readonly Post[];
  lines(): readonly string[];
}

interface Stage {
  readonly receiver: SlowReceiver;
  /** Of windows, the oldest first. */
  readonly ends: readonly number[];
  start(): Promise<RemoteService>;
  seenOf(end: number): Seen;
  close(): Promise<void>;
}

async function openStage({ url }: KillPlace, windows: number): Promise<Stage> {
  const [sandbox, receiver, ends] = [
    await startRemoteSandbox(),
    await openSlowReceiver(),
    lastEnds(windows).toReversed(),
  ];
  await fill(sandbox, ['web'], ends);
  const channels = { hook: { webhook: receiver.url, key: 'HOOK_KEY' } };
  const alerts = [{ when: 'any', tell: ['hook', 'console'] }];
  const rules = { channels, filters: [{ name: 'shop', projects: ['web'], alerts }] };
  const files = folder({ 'rules.yaml': JSON.stringify(rules) });
  const env = { FILTERS: files.file('rules.yaml'), LEDGER_URL: url, HOOK_KEY, SERVER_NAME: 'proof' };
  const servers: RemoteService[] = [];
  const logged = (): readonly string[] =>
    servers.flatMap((it) => it.log()).flatMap((it) => (it['channel'] === 'console' ? [String(it['alert'])] : []));
  return {
    receiver,
    ends,
    start: async () => {
      const server = await startRemoteService(sandbox, [], { ...env, LEASE_SECONDS: '2', CATCH_UP_HOURS: '0' });
      servers.push(server);
      return server;
    },
    seenOf: (end) => {
      const [from, to] = [end - 300_000, end].map((at) => new Date(at).toISOString()) as [string, string];
      const alert = `shop/any/100@${from}`;
      return {
        alert,
        posts: () => receiver.posts.filter((post) => post.alerts.includes(alert)),
        lines: () => logged().filter((text) => text.includes(`${from.slice(11, 16)}–${to.slice(11, 16)}`)),
      };
    },
    close: async () => {
      await receiver.close();
      files.remove();
    },
  };
}
