import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { type AwsDouble, startAws } from '../../../sandbox/aws/server.ts';
import { createDatabase } from '../../../src/storage/database/database.ts';
import { sqlEvents } from '../../../src/storage/ledger/events/index.ts';
import { createLogBook } from '../../support/build/scope.ts';
import { sentryEvent } from '../../support/intakes/sentry-event.ts';
import { cleanEnv, endProcesses, type Process, startProcess } from '../../support/process/processes.ts';
import { folder } from '../../support/process/temp-folder.ts';
import { until } from '../../support/time/until.ts';

const [MESSAGES, EVERY, ISSUES] = [10_000, 500, 97];
const HOUR = 3_600_000;

/** Of a hundred, one is no JSON, and five come thrice. */
function bodies(at: number): { readonly all: readonly string[]; readonly counts: ReadonlyMap<string, number> } {
  const [all, counts]: [string[], Map<string, number>] = [[], new Map()];
  for (let n = 0; n < MESSAGES; n++) {
    const isBroken = n % 100 === 7;
    const issue = String(100 + (n % ISSUES));
    const dateCreated = new Date(at - (n % 3_000) * 1_000).toISOString();
    const event = sentryEvent({ eventID: `e${n}`, groupID: issue, dateCreated, dateReceived: dateCreated });
    const text = isBroken ? `{"eventID":"e${n}` : JSON.stringify(event);
    if (!isBroken) counts.set(issue, (counts.get(issue) ?? 0) + 1);
    for (let time = 0; time < (n % 20 === 3 ? 3 : 1); time++) all.push(text);
  }
  return { all, counts };
}

describe('the command intake, by real processes', function () {
  this.timeout(900_000);
  let aws: AwsDouble;
  let files: ReturnType<typeof folder>;
  let env: NodeJS.ProcessEnv;

  beforeEach(async () => {
    aws = await startAws({ now: Date.now, sleep: (ms) => new Promise((done) => void setTimeout(done, ms)) });
    files = folder({});
    const filters = {
      intakes: { shop: { sqs: aws.addressOf('errors') } },
      filters: [{ name: 'a', projects: ['shop'] }],
    };
    files = folder({ 'filters.yaml': JSON.stringify(filters) });
    env = cleanEnv({
      FILTERS: files.file('filters.yaml'),
      LEDGER_URL: `sqlite:${files.file('ledger.db')}`,
      DRY_RUN: 'true',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
      AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
    });
  });
  afterEach(async () => {
    await endProcesses();
    await aws.close();
    files.remove();
  });

  const intake = (...args: readonly string[]): Process =>
    startProcess(['src/cli.ts', 'intake', '--json', ...args], env);
  const numberIn = (query: string): number => {
    const database = new DatabaseSync(files.file('ledger.db'), { readOnly: true });
    const row = database.prepare(query).get() as { readonly n: number };
    database.close();
    return row.n;
  };

  it('killed after every five hundred messages, it counts each event once, lists all rejects and leaves nothing', async () => {
    const queue = aws.queue('errors');
    const at = Date.now();
    const { all, counts } = bodies(at);
    for (const body of all) queue.send(body);
    let kills = 0;
    while (queue.all().length > EVERY) {
      const mark = queue.deleted() + EVERY;
      const running = intake();
      await until('it has read its part', () => queue.deleted() >= mark || running.child.exitCode !== null, 120_000);
      assert.equal(running.child.exitCode, null, running.err());
      running.child.kill('SIGKILL');
      await running.end();
      kills++;
      await until('nobody asks any more', () => aws.waiting() === 0);
      // As if the time had passed for which they were somebody's.
      queue.release();
    }
    const last = intake('--once');
    assert.deepEqual((await last.end()).code, 0, last.err());
    assert.ok(kills >= 10, String(kills));
    assert.equal(queue.all().length, 0);
    assert.equal(queue.deleted(), all.length);
    assert.equal(numberIn('select count(*) n from sentry_monitor_events'), MESSAGES - MESSAGES / 100);
    assert.equal(numberIn('select count(*) n from sentry_monitor_event_rejects'), MESSAGES / 100);
    const log = createLogBook();
    const database = createDatabase(env['LEDGER_URL']!, { now: Date.now, leaseMs: 30_000, log });
    const span = { start: Math.floor(at / HOUR) * HOUR - 2 * HOUR, end: Math.floor(at / HOUR) * HOUR + 2 * HOUR };
    const wish = { projects: ['shop'], environments: [], levels: [] };
    assert.deepEqual(
      [...(await sqlEvents(database).counts(wish, [...counts.keys()], span))].toSorted(),
      [...counts].toSorted(),
    );
    await database.close();
    process.stdout.write(`      ${kills} kills\n`);
  });

  it('at SIGTERM it stores what it holds, deletes that, leaves the rest to others and says what it did', async () => {
    const queue = aws.queue('errors');
    const { all } = bodies(Date.now());
    for (const body of all.slice(0, 3_000)) queue.send(body);
    const running = intake();
    await until('it is at work', () => queue.deleted() >= 300, 120_000);
    running.child.kill('SIGTERM');
    assert.deepEqual(await running.end(), { code: 0, signal: null });
    const { intake: name, read, stored, repeats, rejects } = JSON.parse(running.out());
    assert.deepEqual([name, read], ['shop', stored + repeats + rejects]);
    assert.equal(numberIn('select count(*) n from sentry_monitor_events'), stored);
    assert.equal(queue.deleted(), read);
    assert.ok(queue.all().length > 0, 'there was more to read');
    const now = Date.now();
    const later = queue.all().filter(({ visibleAt }) => visibleAt > now);
    // Four receives of ten messages may have been under way: what they were handed comes again when its time is over.
    assert.ok(later.length <= 40, `${later.length} messages wait`);
  });
});
