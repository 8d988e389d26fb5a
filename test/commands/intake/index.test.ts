import assert from 'node:assert/strict';
import { type AwsDouble, startAws } from '../../../sandbox/aws/server.ts';
import { sentryEvent } from '../../support/intakes/sentry-event.ts';
import { type AlertBench, openAlertBench } from '../../support/telling/alert-bench.ts';
import { type Ran, runCommand } from '../../support/telling/alert-commands.ts';

const KEYS = {
  AWS_REGION: 'eu-west-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret12',
};

describe('intake', () => {
  let bench: AlertBench;
  let aws: AwsDouble;
  before(async () => {
    Object.assign(process.env, KEYS);
    let waited = 0;
    // Who waits at the queue takes no time.
    const sleep = async (ms: number): Promise<void> => {
      waited += ms;
      await new Promise((done) => void setImmediate(done));
    };
    aws = await startAws({ now: () => Date.now() + waited, sleep });
  });
  after(async () => {
    for (const name of Object.keys(KEYS)) delete process.env[name];
    await aws.close();
  });
  beforeEach(async () => {
    bench = await openAlertBench();
    bench.at(0);
    for (const { handle } of aws.queue('errors').receive(10_000, 0)) aws.queue('errors').delete(handle);
  });
  afterEach(() => bench.close());

  const text = (queue = aws.addressOf('errors')): string =>
    JSON.stringify({ intakes: { shop: { sqs: queue } }, filters: [{ name: 'shop-web', projects: ['shop'] }] });
  const intake = (args: readonly string[], file = text()): Promise<Ran> => runCommand(bench, file, ['intake', ...args]);
  function put(...ids: readonly string[]): void {
    const at = new Date(bench.clock.now() - 600_000).toISOString();
    for (const eventID of ids)
      aws.queue('errors').send(JSON.stringify(sentryEvent({ eventID, groupID: 101, dateCreated: at })));
  }

  it('reads a queue until nothing is left, each event once, and says what came of it', async () => {
    put('e1', 'e2', 'e2');
    aws.queue('errors').send('{not json');
    const { code, stdout, stderr } = await intake(['--once', '--json']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.deepEqual(JSON.parse(stdout), { intake: 'shop', read: 4, stored: 2, repeats: 1, rejects: 1, issues: 1 });
    assert.equal(aws.queue('errors').all().length, 0);
    put('e1', 'e3');
    const again = await intake(['shop', '--once']);
    assert.equal(again.stdout, 'shop: 2 read: 1 stored in 1 issue, 1 known, 0 rejected\n');
  });

  it('shows what could not be read, the newest first, and reads nothing', async () => {
    aws.queue('errors').send('{not\njson');
    await intake(['--once']);
    put('e1');
    aws.queue('errors').send(JSON.stringify(sentryEvent({ groupID: null })));
    const before = await intake(['shop', '--rejects']);
    assert.match(
      before.stdout,
      /^shop: 1 rejected, the newest first\n {2}\S+Z {2}no JSON \(message \S+\): \{not json\n$/,
    );
    assert.equal(aws.queue('errors').all().length, 2);
    await intake(['--once']);
    const { intake: name, total, rejects } = JSON.parse((await intake(['--rejects', '--limit', '1', '--json'])).stdout);
    assert.deepEqual([name, total, rejects.length], ['shop', 2, 1]);
    assert.equal((await intake(['--rejects', '--once'])).code, 2);
  });

  it('ends at its limit, and leaves the rest where it is', async () => {
    put('e1', 'e2', 'e3');
    const { stdout } = await intake(['--limit', '2', '--json']);
    assert.equal((JSON.parse(stdout) as { read: number }).read, 2);
    assert.equal(aws.queue('errors').all().length, 1);
  });

  it('ends with 1 for a queue that is not there, and says what to do', async () => {
    const { code, stderr } = await intake(['--once'], text(aws.addressOf('errors').replace('errors', 'others')));
    assert.equal(code, 1);
    assert.match(stderr, /^shop: .*queue/i);
  });

  for (const [name, args, file, code, words] of [
    ['names none that there is', ['shp', '--once'], undefined, 2, /there is no intake shp; did you mean shop\?/],
    ['has no number as its limit', ['--limit', 'x'], undefined, 2, /--limit x is not a whole number/],
    ['has none to read', ['--once'], '{"filters":[{"name":"a","projects":["web"]}]}', 1, /no filters file sets one up/],
  ] as const)
    it(`says so when it ${name}`, async () => {
      const ran = await intake(args, file ?? text());
      assert.equal(ran.code, code);
      assert.match(ran.stderr, words);
    });
});
