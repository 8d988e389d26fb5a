import { isDeepStrictEqual } from 'node:util';
import { arrived, expected, fill, lastEnds, postEnd } from '../support/ledger/windows.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startReadyService,
  startRemoteSandbox,
} from '../support/process/services.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { freshDatabase, stopPostgres } from '../support/ledger/postgres.ts';
import { startProxy } from '../support/ledger/tcp-proxy.ts';

/**
 * What a ledger in this machine's PostgreSQL costs a run of 100 filters: time and statements.
 * Two services, one with a ledger, serve other windows in turn. Of each window everything must have arrived.
 * Fails when the ledger costs more than it may.
 */
const FILTERS = 100;
const REPEATS = 5;
/**
 * Sentry's answers are held back so long, ms. A real one takes 50 ms at least.
 * Without any wait there is nothing but our own work, and no limit.
 */
const DELAYS = [0, 50, 150];
const MOST = 1.15;

const PROJECTS = Array.from({ length: 20 }, (_, n) => `p-${n}`);
/** Searches that differ, so that no two filters share a request. */
const SPECS = Array.from({ length: FILTERS }, (_, n): FilterSpec => ({
  name: `f-${n}`,
  projects: [PROJECTS[n % PROJECTS.length]!],
  exclude: [`nothing-${n}`],
}));
const SINKS = ['newrelic', 'anodot'];

const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Timed {
  readonly ms: readonly number[];
  readonly requests: readonly number[];
}

interface Stage {
  readonly sandbox: RemoteSandbox;
  /** The stateless one and the one with a ledger. */
  readonly services: readonly [RemoteService, RemoteService];
  readonly ends: Iterator<number>;
  statements(): number;
  close(): Promise<void>;
}

async function setUp(): Promise<Stage> {
  const sandbox = await startRemoteSandbox();
  const ends = lastEnds(DELAYS.length * (REPEATS + 1) * 2);
  await fill(sandbox, PROJECTS, ends);
  const database = await freshDatabase();
  const proxy = await startProxy(database.port);
  const alone = await startReadyService(sandbox, SPECS, { RUN_DEADLINE_SECONDS: '300' });
  const shared = await startReadyService(sandbox, SPECS, {
    RUN_DEADLINE_SECONDS: '300',
    LEDGER_URL: database.at(proxy.port),
  });
  return {
    sandbox,
    services: [alone, shared],
    ends: ends.values(),
    statements: proxy.statements,
    close: async () => {
      await endProcesses();
      await proxy.close();
      await database.drop();
    },
  };
}

/** One window through one service. Throws unless all of it arrived, once. */
async function once(
  service: RemoteService,
  { sandbox, ends }: Stage,
): Promise<{ readonly ms: number; readonly requests: number }> {
  await sandbox.command('forget', {});
  const end = ends.next().value!;
  const began = performance.now();
  const { status, body } = await postEnd(service, end);
  const ms = performance.now() - began;
  if (status !== 200) throw new Error(`status ${status}`);
  const [found, wanted] = [
    [...(await arrived(sandbox))].toSorted(),
    [...expected(SPECS, PROJECTS, [end], SINKS)].toSorted(),
  ];
  if (!isDeepStrictEqual(found, wanted))
    throw new Error(`of ${wanted.length} counts ${found.length} arrived, or other ones`);
  return { ms, requests: body.sentryRequests as number };
}

/** Both in turn; the first window of each warms it up. */
async function compare(
  stage: Stage,
): Promise<{ readonly timed: readonly [Timed, Timed]; readonly statements: number }> {
  const timed = stage.services.map(() => ({ ms: [] as number[], requests: [] as number[] })) as [
    { ms: number[]; requests: number[] },
    { ms: number[]; requests: number[] },
  ];
  let statements = 0;
  for (let round = 0; round <= REPEATS; round++) {
    for (const which of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const before = stage.statements();
      const { ms, requests } = await once(stage.services[which], stage);
      if (round === 0) continue;
      timed[which].ms.push(ms);
      timed[which].requests.push(requests);
      statements = Math.max(statements, stage.statements() - before);
    }
  }
  return { timed, statements };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function spread(values: readonly number[]): string {
  return `${middle(values).toFixed(0)} (${Math.min(...values).toFixed(0)} to ${Math.max(...values).toFixed(0)})`;
}

async function main(stage: Stage): Promise<void> {
  say(
    `${FILTERS} filters, two sinks, PostgreSQL on this machine; the median of ${REPEATS} windows (the least to the most)\n`,
  );
  say(
    '| Sentry answers after | stateless, ms | with a ledger, ms | ratio | may be | statements a run, at most | requests to Sentry, without and with |',
  );
  say('| ---: | ---: | ---: | ---: | ---: | ---: | ---: |');
  for (const delay of DELAYS) {
    await stage.sandbox.heal();
    if (delay > 0) await stage.sandbox.command('faults', { vendor: 'sentry', kind: 'slow', ms: delay, times: 0 });
    const {
      timed: [alone, shared],
      statements,
    } = await compare(stage);
    const ratio = middle(shared.ms) / middle(alone.ms);
    const isOver = delay > 0 && ratio > MOST;
    if (isOver) process.exitCode = 1;
    say(
      `| ${delay} ms | ${spread(alone.ms)} | ${spread(shared.ms)} | ${ratio.toFixed(2)} | ${delay > 0 ? MOST : 'any'}${isOver ? ': TOO MUCH' : ''} | ${statements} | ${middle(alone.requests)}, ${middle(shared.requests)} |`,
    );
  }
}

const stage = await setUp();
try {
  await main(stage);
} finally {
  await stage.close();
  await stopPostgres();
}
