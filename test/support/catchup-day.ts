import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { arrived, FIVE_MS } from './e2e-ledger.ts';
import { folder, startRemoteService, type RemoteSandbox } from './e2e-process.ts';
import { postRun, type FilterSpec, type Posted } from './e2e-service.ts';
import { shiftedClock } from './shifted-clock.ts';

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
  await sandbox.command('projects', filters.map(({ projects: [slug] }) => ({ slug })));
  for (let window = 0; window < WINDOWS + 40; window++) {
    await sandbox.command('events', filters.map(({ projects: [project] }, n) => ({ at: first + window * FIVE_MS + 60_000, project, issue: 1000 + n, title: `Error: ${n}`, user: 'id:1', repeat: countOf(n, window) })));
  }
  await clock.set(first);
  const service = await startRemoteService(sandbox, filters, { LEDGER_URL: `sqlite:${files.file('ledger.db')}`, RUN_DEADLINE_SECONDS: String(DEADLINE_MS / 1000), LOG_LEVEL: 'warn', ...clock.env });
  const post = async (window: number): Promise<{ readonly posted: Posted; readonly deliveredMs: number; readonly ms: number }> => {
    const at = first + (window + 1) * FIVE_MS + 150_000;
    await clock.set(at);
    const began = performance.now();
    const state = { deliveredMs: Number.NaN, done: false };
    const posted = postRun(service.url, `?at=${Math.floor(at / 1000)}`).finally(() => (state.done = true));
    const watched = watch(sandbox, first + window * FIVE_MS, () => state.done).then(() => (state.deliveredMs = performance.now() - began));
    await posted;
    const ms = performance.now() - began;
    await watched;
    return { posted: await posted, deliveredMs: state.deliveredMs, ms };
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
    kind: 'SQLite', filters: FILTERS, missing: (WINDOWS - 5) * FILTERS, runs, worked: runs.reduce((sum, { ms }) => sum + ms, 0), deadlineMs: DEADLINE_MS,
    aloneMs: middle(alone.slice(1)), withBacklogMs: middle(runs.map(({ deliveredMs }) => deliveredMs)),
  };
}

/** Until every filter's record of the window has arrived at both sinks, by the sandbox's requests: their answers of 2xx. */
async function watch(sandbox: RemoteSandbox, start: number, isOver: () => boolean): Promise<void> {
  const iso = new Date(start).toISOString();
  for (;;) {
    const over = isOver();
    const found = await arrived(sandbox);
    const count = [...found.keys()].filter((name) => name.endsWith(iso)).length;
    if (count === FILTERS * 2) return;
    if (over) throw new Error(`${count} of ${FILTERS * 2} records of the current window arrived`);
    await wait(50);
  }
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
