import assert from 'node:assert/strict';
import type { Json } from '../../support/e2e/json.ts';
import { type AlertBench, openAlertBench } from '../../support/telling/alert-bench.ts';
import { type Ran, rulesText, runCommand, type RunMore } from '../../support/telling/alert-commands.ts';

const RULES = ['events > 100'];

describe('channels', () => {
  let bench: AlertBench;
  beforeEach(async () => {
    bench = await openAlertBench();
  });
  afterEach(() => bench.close());

  const run = (words: readonly string[], more?: RunMore): Promise<Ran> =>
    runCommand(bench, rulesText(bench, RULES), ['channels', ...words], more);

  it('test sends a message through the real channel, and needs no ledger', async () => {
    const { code, stdout, stderr } = await run(['test'], { env: { LEDGER_URL: '' } });
    assert.deepEqual([code, stdout, stderr], [0, 'ok         hook\n', '']);
    assert.deepEqual(
      bench.receiver.taken.map(({ type, alerts, lines }) => [type, alerts, lines]),
      [['message', [], ['This is a test of the channel hook: it works, and nothing is to be done.']]],
    );
  });

  it('test says why a channel does not take it, and what to do', async () => {
    bench.receiver.answer(401);
    const { code, stdout } = await run(['test', 'hook']);
    assert.equal(code, 1);
    assert.match(
      stdout,
      /^refused {4}hook\n {11}hook: answered 401; check its key or token [^]* \(filters\.yaml:1\)\n$/,
    );
    const rows = JSON.parse((await run(['test', '--json'])).stdout) as readonly Json[];
    assert.deepEqual(
      rows.map(({ channel, status }) => [channel, status]),
      [['hook', 'refused']],
    );
    assert.match((await run(['test', 'desk'])).stderr, /^no channel is named "desk"; there are console, hook/);
  });

  it('status says who was reached when, what waits, and ends with 3 where a channel is unheard', async () => {
    const none = await run(['status', '--json']);
    assert.deepEqual(
      [none.code, JSON.parse(none.stdout)],
      [
        0,
        ['console', 'hook'].map((channel) => ({ channel, lastSuccess: null, pending: 0, failed: 0, unheard: false })),
      ],
    );
    bench.fill(0, 101);
    bench.receiver.answer(503);
    const service = await bench.serveRules(RULES, { env: { LEDGER_URL: bench.ledgerUrl } });
    await service.post();
    const down = await run(['status', '--json']);
    assert.equal(down.code, 3);
    assert.deepEqual(JSON.parse(down.stdout)[1], {
      channel: 'hook',
      lastSuccess: null,
      pending: 1,
      failed: 0,
      unheard: true,
    });
    assert.match((await run(['status'])).stdout, /^ {3}hook +never +1 +0 +unheard\n {3}hook: .*503/m);
    bench.receiver.answer(200);
    bench.at(1);
    await service.post();
    const [, again] = JSON.parse((await run(['status', '--json'])).stdout);
    assert.deepEqual([again.pending, again.failed, again.unheard], [0, 0, false]);
    assert.notEqual(again.lastSuccess, null);
  });

  it('with proof: weekly are proved by a run, once a week whatever server runs', async () => {
    const channels = { hook: { webhook: bench.receiver.url, key: 'HOOK_KEY', proof: 'weekly' } };
    const env = { LEDGER_URL: bench.ledgerUrl };
    const servers = await Promise.all(
      ['one', 'two'].map((server) => bench.serveRules(RULES, { env, server, channels })),
    );
    for (const window of [0, 1]) {
      bench.at(window);
      for (const server of servers) await server.post();
    }
    assert.deepEqual(
      bench.receiver.taken.map(({ id }) => id),
      ['own/proof/hook@2026-11-16T08:00:00~2e000Z'],
    );
  });

  it('cannot be called otherwise', async () => {
    for (const words of [[], ['list'], ['status', 'hook'], ['test', 'hook', 'console']])
      assert.deepEqual(
        [(await run(words)).code, (await run(words)).stderr],
        [2, 'channels needs one of: test, test <name>, status'],
      );
  });
});
