import assert from 'node:assert/strict';
import type { Service } from '../../support/e2e/service.ts';
import { type AlertBench, iso, openAlertBench } from '../../support/telling/alert-bench.ts';
import { type Ran, rulesText, runCommand } from '../../support/telling/alert-commands.ts';

const RULES = ['title has "sentry-monitor end-to-end check"'];

/** Every so many ms the command looks. */
const LOOK_MS = 5_000;

describe('simulate', () => {
  let bench: AlertBench;
  let dsn: string;
  beforeEach(async () => {
    bench = await openAlertBench();
    bench.at(0);
    const [project] = bench.sandbox.world.projects();
    dsn = bench.sandbox.url.replace('//', `//${bench.sandbox.keys.dsnKey}@`) + `/${project!.id}`;
  });
  afterEach(() => bench.close());

  /** The service's cron comes every five minutes while the command waits. */
  async function simulate(args: readonly string[], service?: Service, rules: readonly unknown[] = RULES): Promise<Ran> {
    let posted = bench.clock.now();
    const sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
      if (ms !== LOOK_MS) return bench.clock.sleep(ms, signal);
      bench.clock.advance(LOOK_MS);
      if (service === undefined || bench.clock.now() - posted < 300_000) return;
      posted = bench.clock.now();
      await service.post();
    };
    return runCommand(bench, rulesText(bench, rules), ['simulate', ...args], { sleep });
  }
  const serve = (rules = RULES): Promise<Service> => bench.serveRules(rules, { env: { LEDGER_URL: bench.ledgerUrl } });

  it('follows an error from Sentry to the people who are told, and says when each step was done', async () => {
    const service = await serve();
    const { code, stdout, stderr } = await simulate(['--dsn', dsn], service);
    assert.deepEqual([code, stderr], [0, '']);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    assert.deepEqual(
      rows.map(([step]) => step),
      ['sent', 'stored', 'counted', 'alert', 'message'],
    );
    assert.match(rows[0]![2]!, /^event [0-9a-f]{32} to project \d+ at 127\.0\.0\.1:\d+$/);
    assert.match(rows[1]![2]!, /^as issue \d+ of project web$/);
    assert.equal(rows[2]![2], `by shop in ${iso(1)} to ${iso(2)}`);
    assert.equal(rows[3]![2], 'title has "sentry-monitor end-to-end check" of shop');
    assert.equal(rows[4]![2], 'sent to hook');
    assert.equal(bench.receiver.taken.length, 1);
  });

  it('waits for an event that Sentry does not know yet', async () => {
    bench.sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'event-id', kind: 'status', status: 404, times: 2 });
    const { stdout } = await simulate(['--dsn', dsn, '--minutes', '1']);
    assert.match(stdout, /^stored +10\.0 s +as issue \d+ of project web$/m);
  });

  it('says so of an event that Sentry never knows', async () => {
    bench.sandbox.world.faults.add({ vendor: 'sentry', endpoint: 'event-id', kind: 'status', status: 404, times: 0 });
    const { code, stdout } = await simulate(['--dsn', dsn, '--minutes', '1']);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^stored .* FAILED: no source knows the event; check that the DSN is of a project that is read$/m,
    );
  });

  it('is not taken in by the alert of another issue', async () => {
    bench.fill(1, 5);
    const rules = ['title has "trouble"'];
    const { code, stdout } = await simulate(['--dsn', dsn], await serve(rules), rules);
    assert.equal(bench.receiver.taken.length, 1);
    assert.equal(code, 1);
    assert.match(stdout, /^alert .* FAILED: no rule told of it/m);
  });

  it('is one issue however often it is called, and told each time', async () => {
    const service = await serve();
    const said: string[] = [];
    for (let time = 0; time < 2; time++) {
      const { code, stdout } = await simulate(['--dsn', dsn, '--json'], service);
      assert.equal(code, 0);
      const { steps } = JSON.parse(stdout);
      said.push(steps[1].say);
    }
    assert.equal(new Set(said).size, 1);
    assert.equal(bench.receiver.taken.length, 2);
  });

  it('ends with 1 at the step that did not happen, and says what to look at', async () => {
    const nobody = await simulate(['--dsn', dsn, '--minutes', '3']);
    assert.equal(nobody.code, 1);
    assert.match(
      nobody.stdout,
      /^counted .* FAILED: no filter with alerts counted it in .*; check that the cron posts/m,
    );
    const quiet = ['events > 100'];
    const untold = await simulate(['--dsn', dsn], await serve(quiet), quiet);
    assert.equal(untold.code, 1);
    assert.match(untold.stdout, /^alert .* FAILED: no rule told of it; sentry-monitor why \d+ says why$/m);
  });

  it('says that a message is not taken', async () => {
    const service = await serve();
    bench.receiver.answer(410);
    const { code, stdout } = await simulate(['--dsn', dsn, '--json'], service);
    assert.equal(code, 1);
    const { steps } = JSON.parse(stdout);
    assert.deepEqual([steps.at(-1).step, steps.at(-1).status], ['message', 'failed']);
    assert.match(steps.at(-1).say, /^hook: /);
  });

  it('says that Sentry refused the error, without the key', async () => {
    const wrong = dsn.replace(bench.sandbox.keys.dsnKey, '0123456789abcdef0123456789abcdef');
    const { code, stdout } = await simulate(['--dsn', wrong]);
    assert.equal(code, 1);
    assert.match(stdout, /^sent .* FAILED: sentry: .*403/m);
    assert.ok(!stdout.includes('0123456789abcdef'));
  });

  for (const [name, args, words] of [
    ['no DSN', [], /needs the DSN of a project; give --dsn/],
    ['a DSN without a key', ['--dsn', 'https://sentry.example.com/42'], /--dsn is no DSN; copy it/],
    ['a DSN without a project', ['--dsn', 'https://key@sentry.example.com/'], /--dsn is no DSN; copy it/],
    ['a way that there is not', ['--to', 'kafka'], /--to kafka is none of sentry, sqs/],
    [
      'an intake and Sentry',
      ['--dsn', 'https://key@sentry.example.com/1', '--intake', 'a'],
      /--intake is for --to sqs/,
    ],
    ['a DSN and a queue', ['--dsn', 'https://key@sentry.example.com/1', '--to', 'sqs'], /--dsn leads to Sentry/],
    ['no queue', ['--to', 'sqs'], /--to sqs: no filters file sets such an intake up/],
    ['no number of minutes', ['--dsn', 'https://key@sentry.example.com/1', '--minutes', 'ten'], /--minutes ten is not/],
  ] as const)
    it(`is a bad call with ${name}`, async () => {
      const { code, stderr } = await simulate(args);
      assert.equal(code, 2);
      assert.match(stderr, words);
    });
});
