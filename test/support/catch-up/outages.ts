import assert from 'node:assert/strict';
import { type Outage, WAYS } from './outage-kinds.ts';
import { post, type Stage, tick } from './outage-servers.ts';
import { until } from '../time/until.ts';
import { arrived, FIVE_MS } from '../ledger/windows.ts';
import { type RemoteSandbox, type RemoteService, startRemoteService } from '../process/services.ts';
import type { FilterSpec } from '../e2e/service.ts';
import type { TestDatabase } from '../ledger/postgres.ts';
import { startProxy } from '../ledger/tcp-proxy.ts';
import { shiftedClock } from '../time/shifted-clock.ts';

/** When it begins: before a window's run, in the middle of one, or after it. */
export const MOMENTS = ['start', 'middle', 'end'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface Trouble {
  readonly outage: Outage;
  readonly moment: Moment;
  /** How long, in windows of five minutes. */
  readonly windows: number;
}

export interface Told {
  readonly windows: number;
  readonly reports: number;
  /** Windows times filters that runs caught up. */
  readonly caughtUp: number;
  /** Longest run, ms by the real clock. */
  readonly longestMs: number;
}

const SINKS = ['newrelic', 'anodot'];
/**
 * Plays troubles one after the other against real servers.
 * Afterwards each (filter, window, sink) is there once, with its count.
 */
export async function story(
  troubles: readonly Trouble[],
  count: number,
  sandbox: RemoteSandbox,
  database: TestDatabase,
): Promise<Told> {
  const [clock, proxy] = [await shiftedClock(sandbox), await startProxy(database.port)];
  try {
    return await play(troubles, count, { sandbox, database, clock, proxy });
  } finally {
    await proxy.close();
    clock.remove();
  }
}

type Setting = Pick<Stage, 'sandbox' | 'clock' | 'proxy'> & { readonly database: TestDatabase };

async function play(
  troubles: readonly Trouble[],
  count: number,
  { sandbox, database, clock, proxy }: Setting,
): Promise<Told> {
  const filters = Array.from({ length: count }, (_, n): FilterSpec => ({ name: `f-${n}`, projects: [`p-${n}`] }));
  const first = Math.ceil(Date.now() / FIVE_MS) * FIVE_MS;
  // After each: the run that is back, and some to be through.
  const total = troubles.reduce((sum, { windows }) => sum + windows + 8, 4);
  await sandbox.command(
    'projects',
    filters.map(({ projects: [slug] }) => ({ slug })),
  );
  for (let window = 0; window < total; window++) {
    await sandbox.command(
      'events',
      filters.flatMap(({ projects: [project] }, n) =>
        eventsOf(n, window) === 0
          ? []
          : [
              {
                at: first + window * FIVE_MS + ((n + window) % 300) * 1000,
                project,
                issue: 100 + n,
                title: `Error: ${n}`,
                user: 'id:1',
                repeat: eventsOf(n, window),
              },
            ],
      ),
    );
  }
  const serve = (): Promise<RemoteService> =>
    startRemoteService(sandbox, filters, { LEDGER_URL: database.at(proxy.port), LEASE_SECONDS: '2', ...clock.env });
  const stage: Stage = {
    sandbox,
    clock,
    proxy,
    filters,
    first,
    servers: [],
    serve,
    window: 0,
    caughtUp: 0,
    longestMs: 0,
  };
  await clock.set(first);
  stage.servers = await Promise.all([serve(), serve()]);
  assert.equal((await tick(stage)).status, 200);
  for (const trouble of troubles) await suffer(trouble, stage);
  await check(stage);
  return {
    windows: stage.window,
    reports: stage.window * count * SINKS.length,
    caughtUp: stage.caughtUp,
    longestMs: stage.longestMs,
  };
}

/** By place of the filter and number of the window; now and then nothing happened. */
function eventsOf(filter: number, window: number): number {
  return (filter * 3 + window * 5) % 8;
}

async function suffer({ outage, moment, windows }: Trouble, stage: Stage): Promise<void> {
  const way = WAYS[outage];
  if (moment === 'end') await tick(stage);
  if (moment === 'middle') await way.amid(stage);
  else await way.begin(stage);
  const bad: number[] = [];
  for (let n = moment === 'middle' ? 1 : 0; n < windows; n++) {
    if (outage === 'servers') stage.window++;
    else bad.push((await tick(stage)).status);
  }
  assert.ok(
    bad.every((status) => status !== 200),
    `${outage}: every run of the outage says so: ${bad.join()}`,
  );
  await way.end(stage);
  let last = await tick(stage);
  // Leases of who was killed run out by the database's own clock, so the window is posted again until they have.
  const at = stage.clock.now();
  await until(
    'all is caught up',
    async () =>
      last.body.catchUp?.behind === 0 || (last = await post(stage, stage.servers, at)).body.catchUp?.behind === 0,
    120_000,
  ).catch(() => undefined);
  assert.deepEqual(
    [last.status, last.body.catchUp?.behind, last.body.catchUp?.tooOld],
    [200, 0, []],
    `${outage} ${moment}: ${last.text.slice(0, 600)}`,
  );
}

async function check({ sandbox, filters, first, window: last }: Stage): Promise<void> {
  const found = await arrived(sandbox);
  const wrong: string[] = [];
  for (let window = 0; window < last; window++) {
    for (const [n, { name }] of filters.entries()) {
      for (const sink of SINKS) {
        const counts = found.get(`${sink} ${name} ${new Date(first + window * FIVE_MS).toISOString()}`) ?? [];
        if (counts.length !== 1 || counts[0] !== eventsOf(n, window))
          wrong.push(`${sink} ${name} window ${window}: ${JSON.stringify(counts)} instead of ${eventsOf(n, window)}`);
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.equal(found.size, last * filters.length * SINKS.length, 'nothing else arrived');
}
