import assert from 'node:assert/strict';
import { renameSync, writeFileSync } from 'node:fs';
import type { LoggedRequest } from '../../../sandbox/index.ts';
import { until } from '../time/until.ts';
import type { Json } from '../e2e/json.ts';
import { FIVE_MS, killHard } from '../ledger/windows.ts';
import { folder } from '../process/temp-folder.ts';
import { type RemoteSandbox, type RemoteService, startReadyService } from '../process/services.ts';
import { taken, type Taken } from '../e2e/received-records.ts';
import { type Posted, postRun } from '../e2e/service.ts';
import { FILTERS, inputsOf, lateStory, PROJECTS, type StoryEvent, truthOf } from './late-story.ts';

export const FIRST = Date.UTC(2026, 10, 20, 10, 0);

export interface LateStage {
  readonly sandbox: RemoteSandbox;
  readonly events: readonly StoryEvent[];
  readonly servers: RemoteService[];
  /** Answers of all posts, in turn. */
  readonly answers: Posted[];
  serve(): Promise<RemoteService>;
  /** The clock of all goes to where the n-th window has just settled. */
  at(window: number): Promise<void>;
  /** That, and all servers are posted at once. */
  tick(window: number): Promise<readonly Posted[]>;
  remove(): void;
}

export interface LateOptions {
  readonly seed: number;
  readonly windows: number;
  readonly perWindow: number;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Two servers with one ledger, on a clock that is moved from window to window.
 * Leases live on the database's real one.
 */
export async function openLate(
  { seed, windows, perWindow, env }: LateOptions,
  sandbox: RemoteSandbox,
): Promise<LateStage> {
  const events = lateStory(seed, FIRST, windows, perWindow);
  await sandbox.command(
    'projects',
    PROJECTS.map((slug) => ({ slug })),
  );
  const inputs = inputsOf(events);
  for (let at = 0; at < inputs.length; at += 2000) await sandbox.command('events', inputs.slice(at, at + 2000));
  const files = folder({ clock: '0' });
  const at = async (window: number): Promise<void> => {
    const offsetMs = FIRST + (window + 1) * FIVE_MS + 150_000 - Date.now();
    writeFileSync(files.file('next'), String(offsetMs));
    renameSync(files.file('next'), files.file('clock'));
    await sandbox.command('clock', { offsetMs });
  };
  await at(0);
  const serve = (): Promise<RemoteService> =>
    startReadyService(sandbox, FILTERS, {
      RECOUNT_SINKS: 'newrelic,anodot',
      LEASE_SECONDS: '1',
      CLOCK_FILE: files.file('clock'),
      NODE_OPTIONS: '--require=./test/support/time/preload-clock.cjs',
      ...env,
    });
  const servers = [await serve(), await serve()];
  const answers: Posted[] = [];
  const tick = async (window: number): Promise<readonly Posted[]> => {
    await at(window);
    const posted = await Promise.all(servers.map(({ url }) => postRun(url)));
    for (const { status, text } of posted) assert.ok([200, 202].includes(status), text);
    answers.push(...posted);
    return posted;
  };
  return { sandbox, events, servers, answers, serve, at, tick, remove: () => files.remove() };
}

/**
 * One server is posted, and killed while a request that the fault holds waits for its answer. Another one takes its
 * place. `isTime`: nothing else of it is stored and not yet recorded, which Anodot would get twice.
 */
export async function killAt(
  stage: LateStage,
  window: number,
  fault: Readonly<Record<string, unknown>>,
  isTime: () => Promise<boolean> = async () => true,
): Promise<void> {
  const { sandbox, servers, serve, at } = stage;
  await at(window);
  const seen = (await sandbox.requests()).requests.length;
  await sandbox.command('faults', { ms: 30_000, ...fault });
  const [victim] = servers as [RemoteService];
  const lost = postRun(victim.url).catch(() => null);
  const hit = async (): Promise<LoggedRequest | undefined> =>
    (await sandbox.requests()).requests.slice(seen).find(({ fault: kind }) => kind !== null);
  await until('a request of the recount waits', async () => (await hit()) !== undefined);
  await until('the rest is recorded', isTime);
  const struck = (await hit())!;
  await killHard(victim);
  assert.equal(struck.status, null, 'it was not answered');
  assert.equal(await lost, null, 'its run was not answered');
  servers[0] = await serve();
}

/** Every correction that the answers name as sent. */
export function sentIn(answers: readonly Posted[]): readonly string[] {
  return answers
    .flatMap(({ body }) => (body.corrections ?? []) as Json[])
    .flatMap(({ id, revision, sinks }) =>
      Object.entries<Json>(sinks)
        .filter(([, { status }]) => status === 'sent')
        .map(([sink]) => `${sink} ${id} ${revision}`),
    );
}

/** What New Relic shows with `max` by window, and what Anodot's buckets add up to. */
function shownOf({ events, samples }: Pick<Taken, 'events' | 'samples'>): {
  readonly max: ReadonlyMap<string, number>;
  readonly sum: ReadonlyMap<string, number>;
  readonly first: ReadonlyMap<string, number>;
} {
  const [max, sum, first] = [new Map<string, number>(), new Map<string, number>(), new Map<string, number>()];
  for (const it of events) {
    if (it['type'] !== 'event_count') continue;
    const name = `${it['filter']} ${it['project']} ${new Date(Number(it['windowStart'])).toISOString()}`;
    max.set(name, Math.max(max.get(name) ?? 0, Number(it['value'])));
    if (it['revision'] === 0) first.set(name, Number(it['value']));
  }
  for (const { properties, timestamp, value } of samples) {
    if (properties.what !== 'sentry_events') continue;
    const name = `${properties.filter} ${properties.project} ${new Date(Number(timestamp) * 1000).toISOString()}`;
    sum.set(name, (sum.get(name) ?? 0) + Number(value));
  }
  return { max, sum, first };
}

export interface LateResult {
  readonly events: number;
  /** Counted by (filter, project, window). */
  readonly counts: number;
  /** How many of the counts were too low at first. */
  readonly low: number;
  readonly sent: number;
}

/** Throws unless both sinks show what happened, and each correction was sent once. */
export async function assertTrue(stage: LateStage, windows: number): Promise<LateResult> {
  const truth = truthOf(stage.events, FIRST, windows);
  const received = taken(await stage.sandbox.received());
  const shown = shownOf(received);
  const low = [...truth].filter(([name, count]) => shown.first.get(name)! < count);
  assert.ok(low.length > truth.size / 4, `late events were in ${low.length} of ${truth.size} counts`);
  const only = (found: ReadonlyMap<string, number>): readonly [string, number | undefined][] =>
    [...truth.keys()].map((name) => [name, found.get(name)]);
  assert.deepEqual(only(shown.max), [...truth], 'New Relic, max by window');
  assert.deepEqual(only(shown.sum), [...truth], 'Anodot, sum by bucket');
  const sent = sentIn(stage.answers);
  assert.deepEqual(
    sent.filter((it, index) => sent.indexOf(it) !== index),
    [],
    'each correction is said once',
  );
  return { events: stage.events.length, counts: truth.size, low: low.length, sent: sent.length };
}

/** The measured share of late events is what the books say: at first, and in truth. */
export async function assertShares(
  { sandbox, events }: LateStage,
  late: readonly Json[],
  windows: number,
): Promise<void> {
  const truth = truthOf(events, FIRST, windows);
  const { first } = shownOf(taken(await sandbox.received()));
  for (const { name } of FILTERS) {
    const own = [...truth].filter(([key]) => key.startsWith(`${name} `));
    const total = own.reduce((sum, [, count]) => sum + count, 0);
    const missed = own.reduce((sum, [key, count]) => sum + count - first.get(key)!, 0);
    const found = late.find(({ filter, after }) => filter === name && after === '23h');
    assert.deepEqual(
      { events: found.events, late: found.late, share: found.share },
      { events: total, late: missed, share: Math.round((missed / total) * 10_000) / 10_000 },
      name,
    );
  }
}
