/**
 * A million events in the store: `node test/proofs/events.ts [events] [SQLite|PostgreSQL]`. By engine: what memory it
 * takes at 10,000 events and at the end, what a report on 50,000 of them takes with all the others outside, how long
 * others wait while the past becomes one and while everything is forgotten. Exit code 1 when memory grows by 40 MB, a
 * report takes over 1.5 s where the machine is idle, or a number is wrong.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { sql } from 'kysely';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../src/core/model/window.ts';
import { foldCounts } from '../../src/storage/ledger/events/fold.ts';
import { forgetEvents } from '../../src/storage/ledger/events/forget.ts';
import { sqlEvents } from '../../src/storage/ledger/events/index.ts';
import { fill, reportTimes } from '../bench/events/reading.ts';
import { timed } from '../bench/events/storing.ts';
import { FIRST } from '../bench/events/story.ts';
import { spread } from '../bench/measure.ts';
import { thousands } from '../bench/rows.ts';
import { eventOf } from '../support/events/events.ts';
import { KINDS, type LedgerBox } from '../support/ledger/ledgers.ts';
import { stopPostgres } from '../support/ledger/postgres.ts';
import { MEMORY_FLAGS } from '../support/process/services.ts';

const EVENTS = Number(process.argv[2] ?? 1_000_000);
const ONLY = process.argv[3];
const ISSUES = 1_000;
const [FEW, WINDOW_EVENTS, MOST_MB] = [10_000, 50_000, 40];
const SPAN_MS = 7 * DAY_MS;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function prove(kind: string, box: LedgerBox): Promise<void> {
  const store = sqlEvents(box.database);
  const engine = await box.database.ready();
  const put = (events: number, spanMs: number, prefix: string, at: number) =>
    fill(store, { events, spanMs, issues: ISSUES }, { prefix, at });
  await put(FEW, HOUR_MS, 'few', FIRST);
  const few = await memory();
  const took = await timed(() => put(EVENTS, SPAN_MS, 'all', FIRST));
  const grown = (await memory()) - few;
  say(`${kind}: ${thousands(EVENTS)} events of ${thousands(ISSUES)} issues stored in ${(took / 1000).toFixed(0)} s`);
  say(`  memory: ${few.toFixed(0)} MB at ${thousands(FEW)}, ${grown.toFixed(0)} MB more at the end`);
  if (grown > MOST_MB) fail(`memory grew by ${grown.toFixed(0)} MB`);

  const at = FIRST + SPAN_MS;
  await put(WINDOW_EVENTS, PERIOD_MS, 'w', at);
  if (engine.locksRows) await sql`analyze`.execute(engine.db);
  const report = await reportTimes(store, at, 5);
  say(
    `  a report on ${thousands(report.events)} events: ${report.times.median.toFixed(0)} ms (least ${report.times.min.toFixed(0)})`,
  );
  if (report.events !== WINDOW_EVENTS) fail(`${report.events} events were reported`);

  const all = FEW + EVENTS + WINDOW_EVENTS;
  const span = { start: FIRST - DAY_MS, end: at + DAY_MS };
  const folding = await beside(box, () => foldCounts(engine, 'web', at + HOUR_MS));
  say(`  the past made one: ${folding}`);
  await expectHeld(store, span, all);
  const days = await store.days({ projects: ['web'], environments: [], levels: [] }, null, {
    start: Math.floor(FIRST / DAY_MS) * DAY_MS,
    end: at + DAY_MS,
  });
  const inDays = days.reduce((sum, { events }) => sum + events, 0);
  if (inDays !== all) fail(`${inDays} of ${all} events are in days`);
  const now = await box.now();
  const forgetting = await beside(box, async () => {
    if (!(await forgetEvents(engine, (now - at - HOUR_MS) / DAY_MS - 30, now))) fail('nothing was forgotten');
  });
  say(`  everything forgotten: ${forgetting}`);
  const { left } = await engine.db
    .selectFrom('sentry_monitor_events')
    .select(({ fn }) => fn.countAll<number>().as('left'))
    .where('project', '=', 'web')
    .executeTakeFirstOrThrow();
  if (left !== 0) fail(`${left} events are left`);
  await expectHeld(store, span, all);
}

async function expectHeld(
  store: Pick<ReturnType<typeof sqlEvents>, 'held'>,
  span: { start: number; end: number },
  all: number,
): Promise<void> {
  const held = await store.held(['web'], span);
  if (held !== all) fail(`${held} of ${all} events are counted`);
}

/** How long it takes, and how long another writer of another project waits meanwhile: ten events after each other. */
async function beside(box: LedgerBox, act: () => Promise<unknown>): Promise<string> {
  // A file has one server, and that one connection.
  const other = sqlEvents(box.database);
  let isOver = false;
  const waits: number[] = [];
  const writing = (async () => {
    for (let n = 0; !isOver; n++) {
      const events = Array.from({ length: 10 }, (_, k) => eventOf(`${waits.length}-${n}-${k}-${performance.now()}`));
      waits.push(await timed(() => other.add({ project: 'other', events })));
    }
  })();
  const ms = await timed(act);
  isOver = true;
  await writing;
  const { median, max } = spread(waits);
  return `${(ms / 1000).toFixed(1)} s; another writer's ${waits.length} batches took ${median.toFixed(0)} ms each, ${max.toFixed(0)} ms at most`;
}

/**
 * What the process holds once its garbage is collected, MB. NOTE: all of it. What V8 gives up it keeps for some seconds
 * in no number of its own, up to a hundred MB with its usual room for what is young, so that nothing can be taken off;
 * hence the service's own flags, with which that room is small.
 */
async function memory(): Promise<number> {
  for (let n = 0; n < 3; n++) {
    globalThis.gc!();
    await new Promise((done) => setTimeout(done, 200));
  }
  return process.memoryUsage.rss() / 2 ** 20;
}

function fail(why: string): void {
  say(`  FAILED: ${why}`);
  process.exitCode = 1;
}

/** Each engine has a process of its own. */
async function main(): Promise<void> {
  const kind = KINDS.find((it) => it.kind === ONLY);
  if (kind !== undefined && globalThis.gc !== undefined) {
    const box = await kind.open();
    try {
      await prove(kind.kind, box);
    } finally {
      await box.close();
    }
    return stopPostgres();
  }
  for (const { kind: name } of kind === undefined ? KINDS : [kind]) {
    const args = [...MEMORY_FLAGS, '--expose-gc', import.meta.filename, String(EVENTS), name];
    const [code] = (await once(spawn(process.execPath, args, { stdio: 'inherit' }), 'exit')) as [number | null];
    if (code !== 0) process.exitCode = 1;
  }
}

await main();
