import assert from 'node:assert/strict';
import { until } from '../time/until.ts';
import { arrived, FIVE_MS, killHard } from '../ledger/windows.ts';
import { type RemoteSandbox, type RemoteService, startRemoteService } from '../process/services.ts';
import { type FilterSpec, type Posted, postRun } from '../e2e/service.ts';
import type { TestDatabase } from '../ledger/postgres.ts';
import { type Proxy, startProxy } from '../ledger/tcp-proxy.ts';
import { shiftedClock, type ShiftedClock } from '../time/shifted-clock.ts';

export const OUTAGES = ['sink', 'sentry', 'servers', 'database'] as const;
export type Outage = (typeof OUTAGES)[number];
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

interface Stage {
  readonly sandbox: RemoteSandbox;
  readonly clock: ShiftedClock;
  readonly proxy: Proxy;
  readonly filters: readonly FilterSpec[];
  /** Start of the first window, epoch ms. */
  readonly first: number;
  servers: RemoteService[];
  serve(): Promise<RemoteService>;
  window: number;
  caughtUp: number;
  longestMs: number;
}

const SINKS = ['newrelic', 'anodot'];
/** A run that a fault holds up is in its middle, ms. */
const HELD_MS = 3000;

/** Plays troubles one after the other against real servers; afterwards each (filter, window, sink) is there once, with its count. */
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

/** The next window's cron tick: its instant goes to the first server that answers, as trigger.sh has it. */
async function tick(stage: Stage): Promise<Posted> {
  const { clock, first, servers } = stage;
  const at = first + ++stage.window * FIVE_MS + 150_000;
  await clock.set(at);
  return post(stage, servers, at);
}

async function post(stage: Stage, servers: readonly RemoteService[], at: number): Promise<Posted> {
  const began = performance.now();
  const answer = await postRun(servers[0]!.url, `?at=${Math.floor(at / 1000)}`);
  stage.longestMs = Math.max(stage.longestMs, performance.now() - began);
  stage.caughtUp += ((answer.body.catchUp?.windows ?? []) as { reports: number; error?: string }[]).reduce(
    (sum, { reports, error }) => sum + (error === undefined ? reports : 0),
    0,
  );
  return answer;
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

interface Way {
  begin(stage: Stage): Promise<void>;
  /** Begins in the middle of a window's run, whatever that comes to. */
  amid(stage: Stage): Promise<void>;
  end(stage: Stage): Promise<void>;
}

/** A run that waits for Sentry: what `act` does falls into its middle. */
async function whileReading(stage: Stage, act: () => void | Promise<void>): Promise<void> {
  const { sandbox } = stage;
  const seen = (await sandbox.requests()).requests.length;
  await sandbox.command('faults', { vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: HELD_MS, times: 2 });
  const run = tick(stage).catch(() => null);
  await until('a run reads', async () =>
    (await sandbox.requests()).requests.slice(seen).some(({ fault, status }) => fault === 'slow' && status === null),
  );
  await act();
  await run;
}

function refusing(fault: Record<string, unknown>): Way {
  const begin = async ({ sandbox }: Stage, skip = 0): Promise<void> =>
    void (await sandbox.command('faults', { kind: 'status', status: 403, times: 0, skip, ...fault }));
  return {
    begin,
    // Some of the run's requests pass.
    amid: async (stage) => {
      await begin(stage, 2);
      await tick(stage);
    },
    end: async ({ sandbox }) => clearFaults(sandbox),
  };
}

async function clearFaults({ url }: RemoteSandbox): Promise<void> {
  await fetch(`${url}/sandbox/faults`, { method: 'DELETE' });
}

const WAYS: Readonly<Record<Outage, Way>> = {
  sink: {
    ...refusing({ vendor: 'anodot' }),
    amid: async (stage) => {
      await whileReading(
        stage,
        async () =>
          void (await stage.sandbox.command('faults', { vendor: 'anodot', kind: 'status', status: 403, times: 0 })),
      );
    },
  },
  sentry: refusing({ vendor: 'sentry', endpoint: 'events-table' }),
  servers: {
    begin: async ({ servers }) => void (await Promise.all(servers.map(killHard))),
    amid: async (stage) => {
      await whileReading(stage, async () => void (await Promise.all(stage.servers.map(killHard))));
    },
    end: async (stage) => {
      await stage.clock.set(stage.first + stage.window * FIVE_MS + 200_000);
      stage.servers = await Promise.all([stage.serve(), stage.serve()]);
    },
  },
  database: {
    begin: async ({ proxy }) => proxy.sever(),
    amid: (stage) => whileReading(stage, () => stage.proxy.sever()),
    end: async ({ proxy, servers }) => {
      proxy.restore();
      await until('the servers have the database again', async () =>
        (
          await Promise.all(
            servers.map(({ url }) =>
              fetch(`${url}/readyz`, { headers: { connection: 'close' } }).then((it) => it.text()),
            ),
          )
        ).every((text) => text.includes('"ready"')),
      );
    },
  },
};

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
