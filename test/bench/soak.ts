import { join } from 'node:path';
import type { Tally } from '../../sandbox/index.ts';
import { until } from '../support/time/until.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { postRun } from '../support/e2e/service.ts';
import { assertArrived, type Content, masses, WINDOW_MS } from './content.ts';
import { contentOf } from './many.ts';
import { peakOf, spread } from './measure.ts';
import { type Row, thousands, timeOf, wanted } from './rows.ts';

const FILTERS = 20;
const ISSUES = 20;
/** Windows until all issues have gone and others come: memory must not follow the issues that ever were. */
const ERA = 50;
const MOST_TIMERS = 10;

interface Look {
  readonly heap: number;
  readonly handles: Readonly<Record<string, number>>;
}

/** Runs of a day and two: what is kept for a day has its full size then. */
const A_DAY = 290;

/**
 * Run after run, five minutes of the process's own clock apart.
 * Looked at after `early` of them, after a day, later, and at the end.
 */
export async function soakRow(runs: number, early: number): Promise<Row> {
  const sandbox = await startRemoteSandbox();
  const first = Math.ceil(Date.now() / WINDOW_MS) * WINDOW_MS;
  try {
    const eras = await fill(sandbox, first, runs);
    const service = await startRemoteService(
      sandbox,
      eras[0]!.filters.map(({ spec }) => spec),
      { TREND_BASELINES: '1h,1d,7d', NODE_OPTIONS: `--require=${join(import.meta.dirname, 'soak-preload.cjs')}` },
    );
    const look = await lookInto(service);
    const times: number[] = [];
    const looks: { readonly at: number; readonly look: Look }[] = [];
    let records = 0;
    for (let n = 0; n < runs; n++) {
      const offset = first + (n + 1) * WINDOW_MS + 130_000 - Date.now();
      await sandbox.command('clock', { offsetMs: offset });
      const seen = await look(offset);
      if (n === early || n === A_DAY || (runs > A_DAY && n === Math.round(runs * 0.6)))
        looks.push({ at: n, look: seen });
      const began = performance.now();
      records += await runOnce(sandbox, service, eras[Math.floor(n / ERA)]!, first + n * WINDOW_MS);
      times.push(performance.now() - began);
    }
    looks.push({ at: runs, look: await look(0) });
    return rowOf(looks, times, records, peakOf(service.child.pid!));
  } finally {
    await endProcesses();
  }
}

async function fill(sandbox: RemoteSandbox, first: number, runs: number): Promise<readonly Content[]> {
  const eras = Array.from({ length: Math.ceil(runs / ERA) }, (_, n) =>
    contentOf(FILTERS, ISSUES, 100_000 + n * FILTERS * ISSUES),
  );
  await sandbox.command(
    'projects',
    eras[0]!.projects.map((slug) => ({ slug })),
  );
  for (const [n, content] of eras.entries())
    await sandbox.command('masses', masses(content, first + n * ERA * WINDOW_MS, ERA));
  return eras;
}

/** Shifts the service's clock and looks at its heap after a garbage collection. */
async function lookInto(service: RemoteService): Promise<(offset: number) => Promise<Look>> {
  const port = (): unknown => service.log().find(({ msg }) => msg === 'soak')?.['port'];
  await until('the preload says where it is', () => port() !== undefined);
  const url = `http://127.0.0.1:${String(port())}`;
  return async (offset) =>
    (await fetch(`${url}/?offset=${offset}`, { headers: { connection: 'close' } })).json() as Promise<Look>;
}

async function runOnce(
  sandbox: RemoteSandbox,
  service: RemoteService,
  content: Content,
  start: number,
): Promise<number> {
  await sandbox.command('forget', {});
  const { status, text } = await postRun(service.url, `?end=${new Date(start + WINDOW_MS).toISOString()}`);
  if (status !== 200) throw new Error(`status ${status}: ${text.slice(0, 300)}`);
  return assertArrived(content, (await (await fetch(`${sandbox.url}/sandbox/tally`)).json()) as Tally, [start]);
}

function rowOf(
  looks: readonly { readonly at: number; readonly look: Look }[],
  times: readonly number[],
  records: number,
  peak: number,
): Row {
  const [before, after] = [looks[0]!.look, looks.at(-1)!.look];
  const heaps = looks
    .map(({ at, look }) => `${(look.heap / 2 ** 20).toFixed(1)} MB after run ${thousands(at)}`)
    .join(', ');
  // Timers come and go with connections that are kept.
  const handles = (it: Look): string =>
    Object.entries(it.handles)
      .filter(([name]) => name !== 'Timeout')
      .toSorted()
      .map(([name, count]) => `${count} ${name}`)
      .join(', ');
  const timers = looks.map(({ look }) => look.handles['Timeout'] ?? 0);
  return {
    section: `Soak (${FILTERS} filters, ${ISSUES} issues each, all other issues every ${ERA} runs)`,
    name: `${thousands(times.length)} runs`,
    time: `${timeOf(spread(times))} a run`,
    peak: `${peak.toFixed(0)} MB`,
    against: `heap after GC ${heaps}; ${wanted('within 10 %', after.heap / before.heap < 1.1)}; ${wanted(`handles constant (${handles(before)}; then ${handles(after)}; timers ${timers.join(', ')})`, handles(before) === handles(after) && Math.max(...timers) < MOST_TIMERS)}`,
    numbers: `${thousands(records)} records, each run's right`,
  };
}
