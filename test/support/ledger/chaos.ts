import assert from 'node:assert/strict';
import type { LoggedRequest } from '../../../sandbox/index.ts';
import { until } from '../time/until.ts';
import { arrived, expected, fill, FIVE_MS, killHard, lastEnds, postEnd } from './windows.ts';
import { type RemoteSandbox, type RemoteService, startRemoteService } from '../process/services.ts';
import type { FilterSpec } from '../e2e/service.ts';
import { dice } from '../e2e/story.ts';
import type { TestDatabase } from './postgres.ts';

export interface Chaos {
  readonly seed: number;
  readonly kills: number;
  readonly servers: number;
  /** At least as many as kills. */
  readonly windows: number;
  readonly filters: number;
}

/**
 * Where a kill fell, by the sandbox's log: nothing of the window stored, a send under way, or stored and not
 * recorded.
 */
export type Moment = 'before' | 'in' | 'after';

export interface ChaosResult {
  readonly moments: Readonly<Record<Moment, number>>;
  readonly reports: number;
  /** Reports that arrived twice. */
  readonly twice: number;
}

interface Stage {
  readonly sandbox: RemoteSandbox;
  readonly database: TestDatabase;
  readonly servers: RemoteService[];
  readonly random: () => number;
  /** Arrived, and not recorded when their server died. */
  readonly between: Set<string>;
  serve(): Promise<RemoteService>;
}

const SINKS = ['newrelic', 'anodot'];
const MOMENTS: readonly Moment[] = ['before', 'in', 'after'];
const HOLD_MS = 20_000;

/**
 * Kills servers at random points of their runs.
 * Throws unless each report arrived, and twice only where a kill fell between store and record.
 */
export async function chaos(given: Chaos, sandbox: RemoteSandbox, database: TestDatabase): Promise<ChaosResult> {
  const projects = Array.from({ length: given.filters }, (_, n) => `p-${n}`);
  const filters = projects.map((project, n): FilterSpec => ({ name: `f-${n}`, projects: [project] }));
  const ends = lastEnds(given.windows);
  await fill(sandbox, projects, ends);
  const serve = (): Promise<RemoteService> =>
    startRemoteService(sandbox, filters, { LEDGER_URL: database.url, LEASE_SECONDS: '1' });
  const servers = await Promise.all(Array.from({ length: given.servers }, serve));
  const stage: Stage = { sandbox, database, servers, serve, random: dice(given.seed), between: new Set() };
  const plan = shuffled(
    Array.from({ length: given.kills }, (_, n) => MOMENTS[n % MOMENTS.length]!),
    stage.random,
  );
  const moments: Record<Moment, number> = { before: 0, in: 0, after: 0 };
  const calm = ends.slice(given.kills);
  for (const [n, moment] of plan.entries())
    moments[await strike(moment, ends[n]!, calm.splice(0, Math.ceil(calm.length / (given.kills - n))), stage)]++;
  await Promise.all(
    servers.map((server) => ends.reduce((before, end) => before.then(() => through(server, end)), Promise.resolve())),
  );
  const wanted = expected(filters, projects, ends, SINKS);
  return { moments, reports: wanted.size, twice: conserved(await arrived(sandbox), wanted, stage.between) };
}

/** How many arrived twice. */
function conserved(
  found: ReadonlyMap<string, readonly number[]>,
  wanted: ReadonlyMap<string, readonly number[]>,
  between: ReadonlySet<string>,
): number {
  assert.deepEqual([...found.keys()].toSorted(), [...wanted.keys()].toSorted(), 'nothing lost, nothing else');
  for (const [name, values] of found) {
    assert.deepEqual([...new Set(values)], wanted.get(name), name);
    assert.ok(
      values.length === 1 || (values.length === 2 && between.has(name)),
      `${name} arrived ${values.length} times`,
    );
  }
  return [...found.values()].filter(({ length }) => length === 2).length;
}

/**
 * One server runs into a slow or dumb service and is killed there.
 * The others run other windows meanwhile, and then take over.
 */
async function strike(
  moment: Moment,
  end: number,
  calm: readonly number[],
  { sandbox, database, servers, serve, random, between }: Stage,
): Promise<Moment> {
  const place = Math.floor(random() * servers.length);
  const [victim, others] = [servers[place]!, servers.filter((_, n) => n !== place)];
  const seen = (await sandbox.requests()).requests.length;
  await sandbox.command('faults', faultFor(moment, end, random));
  const lost = postEnd(victim, end).catch(() => null);
  const meanwhile = calm.flatMap((other) => others.map((server) => postEnd(server, other)));
  const hit = async (): Promise<LoggedRequest | undefined> =>
    (await sandbox.requests()).requests.slice(seen).find(({ fault }) => fault !== null);
  await until(`a request ${moment} a send waits`, async () => (await hit()) !== undefined);
  const struck = (await hit())!;
  await killHard(victim);
  assert.equal(struck.status, null, 'it was not answered');
  assert.equal(await lost, null, 'its run was not answered');
  const stored = await unrecorded(end, sandbox, database);
  stored.forEach((name) => between.add(name));
  for (const { status } of await Promise.all(meanwhile)) assert.ok([200, 202].includes(status), String(status));
  const [, fresh] = await Promise.all([through(others[Math.floor(random() * others.length)]!, end), serve()]);
  servers[place] = fresh;
  if (struck.vendor !== 'sentry') return struck.fault === 'slow' && stored.length > 0 ? 'after' : 'in';
  return stored.length === 0 ? 'before' : 'after';
}

/** Held: a reading, a send that is not taken, or the answer to one that is. */
function faultFor(moment: Moment, end: number, random: () => number): Record<string, unknown> {
  const start = end - FIVE_MS;
  if (moment === 'before')
    return {
      vendor: 'sentry',
      endpoint: 'events-table',
      kind: 'slow',
      ms: HOLD_MS,
      match: `start=${new Date(start).toISOString().slice(0, 19)}`,
      skip: Math.floor(random() * 2),
    };
  const sink =
    random() < 0.5
      ? { vendor: 'anodot', match: `"timestamp":${start / 1000}` }
      : { vendor: 'newrelic', endpoint: 'nr-events', match: `"windowStart":${start}` };
  return moment === 'in' ? { ...sink, kind: 'hang' } : { ...sink, kind: 'slow', ms: HOLD_MS };
}

/** Reports of a window that arrived and of which the ledger does not know it. */
async function unrecorded(end: number, sandbox: RemoteSandbox, database: TestDatabase): Promise<readonly string[]> {
  const rows = await database.query(
    'select c.sink, r.filter from sentry_monitor_claims c join sentry_monitor_reports r on r.report_id = c.report_id where c.done = 0 and r.window_end = $1',
    [end],
  );
  const found = await arrived(sandbox);
  return rows
    .map(({ sink, filter }) => `${String(sink)} ${String(filter)} ${new Date(end - FIVE_MS).toISOString()}`)
    .filter((name) => found.has(name));
}

async function through(server: RemoteService, end: number): Promise<void> {
  await until('a window is done', async () => (await postEnd(server, end)).status === 200);
}

function shuffled<T>(all: readonly T[], random: () => number): readonly T[] {
  return all
    .map((it) => ({ it, place: random() }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ it }) => it);
}
