import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildSite, PROCFILE, type Site } from '../support/production/built.ts';
import { endProcesses, startProcess, ROOT } from '../support/process/processes.ts';
import { filtersText } from '../support/e2e/service.ts';
import { checkOut } from './check-out.ts';
import { cpuOf, memoryOf, spread } from './measure.ts';
import { type Plan, type Row, wanted } from './rows.ts';
import { chunkBytes, closureBytes, lockedBytes, megabytes, sizeOf } from './weight.ts';

/** The commit before there was a build, and how its Procfile started it. */
const BEFORE = 'b8cf653';
const BEFORE_ARGS = ['--max-semi-space-size=4', '--heap-growing-percent=30', '-r', './apm.cjs', 'src/main.ts'];
const MOST = { cpu: 0.5, memory: 0.78, bytes: 0.35 };
const SECTION = 'Start and weight: the build against the source form before there was one, by turns';
/** Memory is read when it has calmed down. */
const SETTLE_MS = 1_000;
/** CPU is counted in ticks of 10 ms, so many starts make a median of use. */
const STARTS_A_REP = 3;

/** One start: until `/healthz` answered. */
interface Start {
  readonly cpuMs: number;
  readonly ms: number;
  /** MB, one second later. */
  readonly rss: number;
}

interface Form {
  readonly folder: string;
  readonly args: readonly string[];
}

/** Throws when a bound is not kept: work and bytes, unlike time, are this program's own. */
export async function startRows({ reps }: Plan): Promise<readonly Row[]> {
  const place = mkdtempSync(join(tmpdir(), 'sentry-monitor-bench-'));
  const site = await buildSite();
  try {
    const before = checkOut(BEFORE);
    const filters = join(place, 'filters.yaml');
    writeFileSync(filters, filtersText([{ name: 'shop', projects: ['web', 'api'] }]));
    const [old, built] = await inTurns(reps * STARTS_A_REP, filters, [
      { folder: before, args: BEFORE_ARGS },
      { folder: site.path, args: PROCFILE },
    ]);
    return kept([...startRowsOf(old!, built!), ...weightRows(before, site)]);
  } finally {
    await endProcesses();
    site.remove();
    rmSync(place, { recursive: true });
  }
}

/** Each form once a turn, so that both have the same weather. */
async function inTurns(gate: number, filters: string, forms: readonly Form[]): Promise<readonly (readonly Start[])[]> {
  const starts = forms.map((): Start[] => []);
  // The first of each reads files from a disk that may be slow.
  for (const form of forms) await startOnce(form, filters);
  for (let turn = 0; turn < gate; turn++)
    for (const [n, form] of forms.entries()) starts[n]!.push(await startOnce(form, filters));
  return starts;
}

async function startOnce({ folder, args }: Form, filters: string): Promise<Start> {
  const port = await freePort();
  const began = performance.now();
  const it = startProcess(
    args,
    {
      PORT: String(port),
      HOST: '127.0.0.1',
      DRY_RUN: 'true',
      FILTERS: filters,
      SENTRY_URL: 'http://127.0.0.1:9',
      SENTRY_ORG: 'acme',
      SENTRY_AUTH_TOKEN: 'bench-token-0000',
    },
    folder,
  );
  while (!(await answers(port))) {
    if (it.child.exitCode !== null) throw new Error(`it did not start: ${it.err()}`);
    await wait(2);
  }
  const pid = it.child.pid!;
  const [cpuMs, ms] = [cpuOf(pid), performance.now() - began];
  await wait(SETTLE_MS);
  const rss = memoryOf(pid);
  it.child.kill('SIGTERM');
  await it.end();
  return { cpuMs, ms, rss };
}

function answers(port: number): Promise<boolean> {
  return new Promise((done) => {
    get({ host: '127.0.0.1', port, path: '/healthz', agent: false }, (response) =>
      done(response.resume().statusCode === 200),
    ).once('error', () => done(false));
  });
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => done(port));
    });
  });
}

function startRowsOf(old: readonly Start[], built: readonly Start[]): readonly Row[] {
  const median = (starts: readonly Start[], key: keyof Start): number => spread(starts.map((it) => it[key])).median;
  const ratios = {
    cpu: median(built, 'cpuMs') / median(old, 'cpuMs'),
    memory: median(built, 'rss') / median(old, 'rss'),
  };
  const cells = (starts: readonly Start[]): Pick<Row, 'time' | 'cpu' | 'peak' | 'numbers'> => ({
    time: `${median(starts, 'ms').toFixed(0)} ms`,
    cpu: `${median(starts, 'cpuMs')} ms`,
    peak: `${median(starts, 'rss').toFixed(0)} MB then`,
    numbers: `${starts.length} starts`,
  });
  const within = (name: 'cpu' | 'memory', words: string): string =>
    wanted(`${words} ${ratios[name].toFixed(2)} ×, ≤ ${MOST[name]} ×`, ratios[name] <= MOST[name]);
  return [
    { section: SECTION, name: `until /healthz answers, ${BEFORE}`, ...cells(old) },
    {
      section: SECTION,
      name: 'until /healthz answers, built',
      ...cells(built),
      against: `${within('cpu', 'CPU')}; ${within('memory', 'memory')}`,
    },
  ];
}

function weightRows(before: string, site: Site): readonly Row[] {
  const [packages, all] = [lockedBytes(before), sizeOf(site.path)];
  const share = all / packages;
  const row = (name: string, against: string): Row => ({ section: SECTION, name, against, numbers: '' });
  const chunks = (pattern: RegExp): string => megabytes(chunkBytes(site.file('dist'), pattern));
  return [
    row(`installed for production, ${BEFORE}`, `${megabytes(packages)} of packages`),
    row(
      'installed for production, built',
      `${megabytes(all)}, no package; ${wanted(`${share.toFixed(2)} ×, ≤ ${MOST.bytes} ×`, share <= MOST.bytes)}`,
    ),
    row('of it the service', chunks(/^main(?!-(ledger|migrat|postgres|sql)).*\.js$/)),
    row(
      'of it the ledger (kysely, pg)',
      `${chunks(/^(main-(migrat|open|postgres|split|sql|watched).*|thread.*)\.js$/)}, loaded with LEDGER_URL`,
    ),
    row('of it the commands', `${chunks(/^cli.*\.js$/)}, loaded when called`),
    row('of it source maps', `${chunks(/\.map$/)}, read at a crash`),
    row(
      'of it compiled code, licences',
      megabytes(chunkBytes(site.file('dist'), /^licenses\.txt$/) + sizeOf(site.file('dist/.cache'))),
    ),
    row(
      "beside it New Relic's agent, where it is wanted",
      `${megabytes(closureBytes(ROOT, 'newrelic'))} of packages (npm install newrelic)`,
    ),
  ];
}

function kept(rows: readonly Row[]): readonly Row[] {
  const missed = rows.filter(({ against }) => against?.includes('**not met**') === true);
  if (missed.length > 0)
    throw new Error(missed.map(({ name, against, peak = '' }) => `${name}: ${against} ${peak}`.trim()).join('\n'));
  return rows;
}
