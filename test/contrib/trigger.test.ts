import assert from 'node:assert/strict';
import { endProcesses } from '../support/process/processes.ts';
import { type Box, drain, FAULTS, openBox, runsOf, windowStart } from '../support/trigger/bench.ts';
import { HINTS, PLANS, setUp } from '../support/trigger/bad-calls.ts';
import { tick, TOKEN } from '../support/trigger/run-trigger.ts';
import { triggerStage } from '../support/trigger/cron-folder.ts';
import { deadUrl, raw, stub } from '../support/trigger/stub-servers.ts';

describe('contrib/trigger.sh: which answer ends the tick', () => {
  triggerStage();

  for (const [code, plan, options = []] of PLANS) {
    it(`${[...options, plan].join(' ')}: exit ${code}`, async () => {
      const { urls, asked, wanted, tries } = await setUp(plan);
      const ended = await tick([...options, ...urls]);
      const shown = ended.tries.map((text) => (code === 4 ? text.replace(/(?<=sent=some) \(.*/, '') : text));
      assert.deepEqual([ended.code, shown, asked(), ended.stderr], [code, tries, wanted, '']);
    });
  }

  it('a refusal says what to do', async () => {
    for (const [status, hint] of HINTS) {
      assert.match((await tick([(await stub(status, 'none')).url])).tries[0]!, hint);
    }
  });

  it('a name that does not resolve, and one that speaks no TLS, are no answers', async () => {
    // A label of 64 letters is refused before anyone is asked for it.
    const [nobody, plain, b] = [`http://${'a'.repeat(64)}.invalid`, await stub(200, 'all'), await stub(200, 'all')];
    const tls = plain.url.replace('http:', 'https:');
    const { code, tries } = await tick([nobody, tls, b.url]);
    assert.deepEqual(
      [code, tries],
      [0, [`${nobody} no answer (unknown host)`, `${tls} no answer (TLS fails)`, `${b.url} 200 sent=all`]],
    );
  });

  it('hangs up: before a status it is no answer and may have sent, after it an answer', async () => {
    const [a, b] = [await raw(''), await stub(200, 'all')];
    const { code, tries } = await tick([a.url, b.url]);
    assert.deepEqual([code, tries], [0, [`${a.url} no answer (curl says 52, may have sent)`, `${b.url} 200 sent=all`]]);
    assert.match(a.heard(), /^POST \/run\?at=/);
    const half = await raw('HTTP/1.1 502 Bad Gateway\r\nSentry-Monitor-Sent: some\r\nContent-Length: 900\r\n\r\n{');
    const ended = await tick([half.url, b.url]);
    assert.deepEqual([ended.code, ended.tries, b.asked.length], [1, [`${half.url} 502 sent=some`], 1]);
  });

  it('a header that is missing, in other letters or hostile', async () => {
    const shown = async (head: string): Promise<string> =>
      (await tick([(await raw(`HTTP/1.1 200 OK\r\n${head}Content-Length: 0\r\n\r\n`)).url])).tries[0]!.replace(
        /^\S+ /,
        '',
      );
    assert.equal(await shown(''), '200 sent=?');
    assert.equal(await shown('sentry-monitor-sent: all\r\n'), '200 sent=all');
    assert.equal(await shown('Sentry-Monitor-Sent: \x1b[31mevil\r\n'), '200 sent=?');
    assert.equal(await shown('Sentry-Monitor-Sent: allx\r\n'), '200 sent=?');
  });
});

describe('contrib/trigger.sh: the reason', () => {
  const stage = triggerStage();
  const WHY = 'Sentry-Monitor-Why';

  it('stands behind what was sent, whatever the status, and before what to do', async () => {
    for (const status of [500, 502, 503, 504]) {
      const { url } = await stub(status, 'some', { [WHY]: 'newrelic: 403 this is a user key; check it' });
      assert.deepEqual((await tick([url])).tries, [
        `${url} ${status} sent=some newrelic: 403 this is a user key; check it`,
      ]);
    }
    for (const status of [400, 401, 404, 405, 413, 429]) {
      const { url } = await stub(status, 'none', { [WHY]: 'so it is' });
      assert.match((await tick([url])).tries.join(), new RegExp(` ${status} sent=none so it is \\(.+\\)$`));
    }
  });

  it('is told of each server, and of none that took the post', async () => {
    const [a, b] = [await stub(503, 'none', { [WHY]: 'it rests' }), await stub(200, 'all', { [WHY]: 'x' })];
    assert.deepEqual((await tick([a.url, b.url])).tries, [`${a.url} 503 sent=none it rests`, `${b.url} 200 sent=all`]);
  });

  it('is one line of text, also from a stranger, and never the token', async () => {
    const shown = async (why: string, args: readonly string[] = []): Promise<string> => {
      const head = `HTTP/1.1 502 Bad\r\nSentry-Monitor-Sent: some\r\n${why}\r\nContent-Length: 0\r\n\r\n`;
      return (await tick([...args, (await raw(head)).url])).tries[0]!.replace(/^\S+ /, '');
    };
    assert.equal(await shown('sentry-monitor-why: a\x1b[31mb\x07 %s%d $(id) \xe4'), '502 sent=some a[31mb %s%d $(id) ');
    assert.equal(
      await shown('Sentry-Monitor-Why: it said Sentry-Monitor-Sent: all, Sentry-Monitor-Why: x'),
      '502 sent=some it said Sentry-Monitor-Sent: all, Sentry-Monitor-Why: x',
    );
    assert.equal(await shown(`Sentry-Monitor-Why: ${'x'.repeat(5000)}`), `502 sent=some ${'x'.repeat(300)}`);
    assert.equal(
      await shown(`Sentry-Monitor-Why: Bearer ${TOKEN}`, ['--token-file', stage.tokenFile]),
      '502 sent=some (it has the token in it)',
    );
  });
});

describe('contrib/trigger.sh: with servers as they are started', () => {
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
