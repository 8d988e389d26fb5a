/**
 * A queue read by three servers into one PostgreSQL: `node test/proofs/queue.ts [events] [kills] [seed]`. Each is
 * `sentry-monitor intake` as a process; one of them is killed again and again while messages are on their way, and all
 * that anybody held is handed out once more. Of the events five of a hundred are put in thrice, and one of a hundred
 * messages is no JSON. Exit code 1 when a sum is not what plain loops come to.
 */
import { enableCompileCache } from 'node:module';
import { startAws } from '../../sandbox/aws/server.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../src/core/model/window.ts';
import { createDatabase } from '../../src/storage/database/database.ts';
import { foldCounts } from '../../src/storage/ledger/events/fold.ts';
import { sqlEvents } from '../../src/storage/ledger/events/index.ts';
import { createLogBook } from '../support/build/scope.ts';
import { dice } from '../support/e2e/story.ts';
import { sentryEvent } from '../support/intakes/sentry-event.ts';
import { freshDatabase, stopPostgres } from '../support/ledger/postgres.ts';
import { cleanEnv, COMPILED, endProcesses, type Process, startProcess } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { until } from '../support/time/until.ts';

enableCompileCache(COMPILED);

const EVENTS = Number(process.argv[2] ?? 6_000);
const KILLS = Number(process.argv[3] ?? 20);
const SEED = Number(process.argv[4] ?? Date.now() % 1_000_000);
const [SERVERS, ISSUES] = [3, 40];
const LIMIT_MS = 30 * 60_000;
const say = (line: string): void => void process.stdout.write(`${line}\n`);

interface Told {
  readonly id: string;
  readonly issue: string;
  readonly at: number;
}

const random = dice(SEED);
const from = Math.floor(Date.now() / PERIOD_MS) * PERIOD_MS - 2 * HOUR_MS;
const events = Array.from({ length: EVENTS }, (_, n): Told => {
  const issue = String(7_000_000_000 + Math.floor(ISSUES * random() ** 2));
  return { id: (0x100_0000 + n).toString(16).padStart(32, '0'), issue, at: from + Math.floor(random() * HOUR_MS) };
});
const bad = Array.from({ length: Math.ceil(EVENTS / 100) }, (_, n) => `{ no JSON ${n}`);
const bodies = [
  ...events.flatMap((event, n) => Array.from({ length: n % 20 === 0 ? 3 : 1 }, () => bodyOf(event))),
  ...bad,
]
  .map((body) => ({ body, place: random() }))
  .toSorted((one, other) => one.place - other.place);

function bodyOf({ id, issue, at }: Told): string {
  const [dateCreated, dateReceived] = [at, at + 1_000].map((it) => new Date(it).toISOString());
  return JSON.stringify(sentryEvent({ eventID: id, groupID: Number(issue), dateCreated, dateReceived }));
}

const sleep = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((done) => {
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), done()), { once: true });
  });
const aws = await startAws({ now: () => Date.now(), sleep });
const queue = aws.queue('errors');
const files = folder({
  'filters.yaml': JSON.stringify({
    intakes: { shop: { sqs: aws.addressOf('errors') } },
    filters: [{ name: 'shop-web', projects: ['shop'] }],
  }),
});
const { url, drop } = await freshDatabase();
const database = createDatabase(url, { now: () => Date.now(), leaseMs: 30_000, log: createLogBook() });

try {
  const began = performance.now();
  await database.ready();
  for (const { body } of bodies) queue.send(body);
  await readWithKills();
  await judge();
  const seconds = ((performance.now() - began) / 1000).toFixed(0);
  say(`${bodies.length} messages, ${KILLS} kills, seed ${SEED}, ${seconds} s: each of ${EVENTS} events counted once`);
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await endProcesses();
  await aws.close();
  await database.close();
  await drop();
  await stopPostgres();
  files.remove();
}

/** Kills one server after another, at even distances of what is done with; each is started anew at once. */
async function readWithKills(): Promise<void> {
  const servers = Array.from({ length: SERVERS }, (_, n) => startServer(n));
  for (let kill = 1; kill <= KILLS; kill++) {
    const due = Math.floor((bodies.length * kill) / (KILLS + 1));
    await until(`${due} messages are done with`, () => queue.deleted() >= due, LIMIT_MS);
    const victim = Math.floor(random() * SERVERS);
    servers[victim]!.child.kill('SIGKILL');
    await servers[victim]!.ended;
    queue.release();
    servers[victim] = startServer(victim);
  }
  await until('nothing is left', () => queue.all().length === 0, LIMIT_MS);
  for (const { child } of servers) child.kill('SIGTERM');
  for (const server of servers) {
    const { code, signal } = await server.ended;
    // One that is still starting hears no signal yet.
    if (code !== 0 && signal !== 'SIGTERM') throw new Error(`a server ended with ${code}: ${server.err()}`);
  }
}

function startServer(number: number): Process {
  const env = cleanEnv({
    FILTERS: files.file('filters.yaml'),
    LEDGER_URL: url,
    SERVER_NAME: `reader-${number}`,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
    AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
  });
  return startProcess(['src/cli.ts', 'intake', 'shop'], env);
}

async function judge(): Promise<void> {
  const store = sqlEvents(database);
  const wish = { projects: ['shop'], environments: [], levels: [] };
  const hours = { start: from, end: from + HOUR_MS };
  const days = { start: Math.floor(from / DAY_MS) * DAY_MS - DAY_MS, end: from + 2 * DAY_MS };
  const wanted = counted(events);
  const ids = [...wanted.keys()];
  const found: Told[] = [];
  await store.each(['shop'], hours, (some) =>
    some.forEach(({ id, issueId, at }) => void found.push({ id, issue: issueId, at })),
  );
  same('events', texts(found), texts(events));
  same('counts of issues', await store.counts(wish, ids, hours), wanted);
  same('events of windows', await store.held(['shop'], hours), EVENTS);
  await foldCounts(await database.ready(), 'shop', from + 2 * HOUR_MS);
  same('counts when they are made one', await store.counts(wish, ids, hours), wanted);
  const byIssue = new Map<string, number>();
  for (const { issueId, events: more } of await store.days(wish, null, days))
    byIssue.set(issueId, (byIssue.get(issueId) ?? 0) + more);
  same('counts of days', byIssue, wanted);
  const { db } = await database.ready();
  const rejects = await db.selectFrom('sentry_monitor_event_rejects').select('reject').execute();
  same('messages that are no JSON', rejects.length, bad.length);
}

function counted(all: readonly Told[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { issue } of all) counts.set(issue, (counts.get(issue) ?? 0) + 1);
  return counts;
}

function texts(all: readonly Told[]): readonly string[] {
  return all.map(({ id, issue, at }) => `${id} ${issue} ${at}`).toSorted();
}

function same(what: string, found: unknown, wanted: unknown): void {
  const text = (value: unknown): string =>
    JSON.stringify(value instanceof Map ? [...(value as Map<string, number>)].toSorted() : value);
  if (text(found) !== text(wanted))
    throw new Error(`${what}: ${text(found).slice(0, 300)}\nand not ${text(wanted).slice(0, 300)}`);
}
