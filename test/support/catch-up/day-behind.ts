import assert from 'node:assert/strict';
import { arrived, FIVE_MS } from '../ledger/windows.ts';
import { folder } from '../process/temp-folder.ts';
import { type RemoteSandbox, startRemoteService } from '../process/services.ts';
import { type FilterSpec, type Posted, postRun } from '../e2e/service.ts';
import { shiftedClock } from '../time/shifted-clock.ts';

export interface DayBehind {
  readonly kind: string;
  readonly filters: number;
  readonly missing: number;
  readonly runs: readonly { readonly ms: number; readonly windows: number; readonly left: number }[];
  /** All runs, ms. */
  readonly worked: number;
  readonly deadlineMs: number;
  /** From the post until the current window's last record had arrived, the middle of several, ms. */
  readonly aloneMs: number;
  readonly withBacklogMs: number;
}

const FILTERS = 50;
/** As far back as New Relic takes it, less what the runs themselves take. */
const WINDOWS = 23 * 12;
const DEADLINE_MS = 120_000;

/** A server with a SQLite file was away for a day: its runs work it off. */
export async function dayBehind(sandbox: RemoteSandbox): Promise<DayBehind> {
  const [clock, files] = [await shiftedClock(sandbox), folder({})];
  const filters = Array.from({ length: FILTERS }, (_, n): FilterSpec => ({ name: `f-${n}`, projects: [`p-${n}`] }));
  const first = Math.ceil(Date.now() / FIVE_MS) * FIVE_MS;
  await sandbox.command(
    'projects',
    filters.map(({ projects: [slug] }) => ({ slug })),
  );
  for (let window = 0; window < WINDOWS + 40; window++) {
    await sandbox.command(
      'events',
      filters.map(({ projects: [project] }, n) => ({
        at: first + window * FIVE_MS + 60_000,
        project,
        issue: 1000 + n,
        title: `Error: ${n}`,
        user: 'id:1',
        repeat: countOf(n, window),
      })),
    );
  }
  await clock.set(first);
  const service = await startRemoteService(sandbox, filters, {
    LEDGER_URL: `sqlite:${files.file('ledger.db')}`,
    RUN_DEADLINE_SECONDS: String(DEADLINE_MS / 1000),
    ...clock.env,
  });
  const post = async (
    window: number,
  ): Promise<{ readonly posted: Posted; readonly deliveredMs: number; readonly ms: number }> => {
    const at = first + (window + 1) * FIVE_MS + 150_000;
    await clock.set(at);
    const began = performance.now();
    const posted = await postRun(service.url, `?at=${Math.floor(at / 1000)}`);
    const ms = performance.now() - began;
    return { posted, deliveredMs: (await deliveredAt(sandbox, first + window * FIVE_MS)) - at, ms };
  };
  const alone: number[] = [];
  for (let window = 0; window < 5; window++) alone.push((await post(window)).deliveredMs);
  const runs: { ms: number; windows: number; left: number; deliveredMs: number }[] = [];
  let window = WINDOWS;
  do {
    const { posted, deliveredMs, ms } = await post(window++);
    assert.equal(posted.status, 200, posted.text.slice(0, 500));
    runs.push({ ms, deliveredMs, windows: posted.body.catchUp.windows.length, left: posted.body.catchUp.behind });
  } while (runs.at(-1)!.left > 0 && runs.length < 30);
  await check(sandbox, first, window);
  files.remove();
  clock.remove();
  return {
    kind: 'SQLite',
    filters: FILTERS,
    missing: (WINDOWS - 5) * FILTERS,
    runs,
    worked: runs.reduce((sum, { ms }) => sum + ms, 0),
    deadlineMs: DEADLINE_MS,
    aloneMs: middle(alone.slice(1)),
    withBacklogMs: middle(runs.map(({ deliveredMs }) => deliveredMs)),
  };
}

/** When the last request with a record of the window came to a sink, by the sandbox's clock. */
async function deliveredAt(sandbox: RemoteSandbox, start: number): Promise<number> {
  const { newrelic, anodot } = await sandbox.received();
  const mine = [
    ...[...newrelic.events, ...newrelic.metrics]
      .filter(({ timestamp, record }) => timestamp === start && record['eventType'] !== 'SentryMonitorRun')
      .map(({ n }) => n),
    ...anodot.samples.filter(({ sample }) => sample.timestamp === start / 1000).map(({ n }) => n),
  ];
  assert.ok(mine.length >= FILTERS * 8, `${mine.length} records of the current window`);
  const times = new Map([...newrelic.raw, ...anodot.raw].map(({ n, at }) => [n, at]));
  return Math.max(...new Set(mine.map((n) => times.get(n)!)));
}

async function check(sandbox: RemoteSandbox, first: number, windows: number): Promise<void> {
  const found = await arrived(sandbox);
  for (let window = 0; window < windows; window++) {
    for (let n = 0; n < FILTERS; n++) {
      for (const sink of ['newrelic', 'anodot']) {
        const name = `${sink} f-${n} ${new Date(first + window * FIVE_MS).toISOString()}`;
        assert.deepEqual(found.get(name), [countOf(n, window)], name);
      }
    }
  }
  assert.equal(found.size, windows * FILTERS * 2);
}

function countOf(filter: number, window: number): number {
  return 1 + ((filter + window * 3) % 9);
}

function middle(all: readonly number[]): number {
  return all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)]!;
}
