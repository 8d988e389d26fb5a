import assert from 'node:assert/strict';
import { endProcesses } from '../support/process/processes.ts';
import { type Box, drain, FAULTS, openBox, runsOf, windowStart } from '../support/trigger/bench.ts';
import { describeWith } from '../support/process/tools.ts';
import { tick, TOKEN } from '../support/trigger/run-trigger.ts';
import { triggerStage } from '../support/trigger/cron-folder.ts';
import { deadUrl, stub } from '../support/trigger/stub-servers.ts';

describeWith('curl', 'contrib/trigger.sh: with servers as they are started', () => {
  const stage = triggerStage();

  let box: Box;

  beforeEach(async () => void (box = await openBox()));
  afterEach(endProcesses);

  const cron = (...args: string[]) => tick(['--token-file', stage.tokenFile, ...args]);

  it('the first is dead', async () => {
    const b = await box.serve();
    const dead = await deadUrl();
    const { at, code, tries, stderr } = await cron(dead, b.url);
    assert.deepEqual([code, tries, stderr], [0, [`${dead} no answer (no connection)`, `${b.url} 200 sent=all`], '']);
    assert.deepEqual(runsOf(b), [windowStart(at)]);
    await box.sentOnce(at);
  });

  it('the first hangs: a process that was stopped', async () => {
    const [a, b] = [await box.serve(), await box.serve()];
    assert.ok(a.child.kill('SIGSTOP'));
    const { at, code, tries } = await cron('--timeout', '2', a.url, b.url);
    assert.deepEqual([code, tries], [0, [`${a.url} no answer (timed out, may have sent)`, `${b.url} 200 sent=all`]]);
    assert.deepEqual([runsOf(a), runsOf(b)], [[], [windowStart(at)]]);
    await box.sentOnce(at);
  });

  it('the first is draining', async () => {
    const [a, b] = [await box.serve(), await box.serve()];
    const held = await drain(box, a);
    const { at, code, tries } = await cron(a.url, b.url);
    assert.deepEqual(
      [code, tries],
      [0, [`${a.url} 503 sent=none this server is shutting down; post to another one`, `${b.url} 200 sent=all`]],
    );
    assert.deepEqual([runsOf(a).length, runsOf(b), a.child.exitCode], [1, [windowStart(at)], null]);
    await box.sentOnce(at);
    a.child.kill('SIGKILL');
    assert.equal(await held.answer, undefined, 'its run was still in hand');
  });

  it('a wrong token: the second is never asked', async () => {
    const [a, b] = [await box.serve(), await stub(200, 'all')];
    for (const args of [[], ['--token-file', stage.secret('wrong', `${TOKEN.slice(0, -1)}0`)]]) {
      const { code, tries } = await tick([...args, a.url, b.url]);
      assert.deepEqual(
        [code, tries],
        [
          4,
          [
            `${a.url} 401 sent=none send the header "Authorization: Bearer <token>", with a token of TRIGGER_TOKEN ` +
              '(the token of --token-file is none of its TRIGGER_TOKEN)',
          ],
        ],
      );
    }
    assert.deepEqual([runsOf(a), b.asked], [[], []]);
  });

  it('a sink that refuses is 502, a deadline 504: another server only with a ledger', async () => {
    const b = await stub(200, 'all');
    for (const { fault, env, shown } of FAULTS) {
      const a = await box.serve(env);
      await box.fault(fault);
      const asked = b.asked.length;
      const alone = await cron(a.url, b.url);
      assert.deepEqual([alone.code, b.asked.length], [1, asked]);
      assert.match(alone.tries.join(), new RegExp(`^${a.url} ${shown}$`));
      const { code, tries } = await cron('--ledger', a.url, b.url);
      assert.deepEqual([code, tries.length, tries[1], b.asked.length], [0, 2, `${b.url} 200 sent=all`, asked + 1]);
      assert.match(tries[0]!, new RegExp(`^${a.url} ${shown}$`));
    }
  });

  it('a clock that is ahead, and a path that is wrong, are refused', async () => {
    const [a, b] = [await box.serve(), await stub(200, 'all')];
    assert.match(
      (await cron('--at', String(Math.floor(Date.now() / 1000) + 172_800), a.url, b.url)).tries.join(),
      /400 sent=none at="\d+" is more than a day ahead of .* \(it cannot use at=\d+: compare the clocks/,
    );
    assert.match(
      (await cron(`${a.url}/run`, b.url)).tries.join(),
      /404 sent=none there are POST \/run, .* \(no POST \/run at this URL/,
    );
    assert.equal(b.asked.length, 0);
  });
});
