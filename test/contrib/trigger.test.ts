import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { until } from '../support/time/until.ts';
import { endProcesses } from '../support/process/processes.ts';
import { folder } from '../support/process/temp-folder.ts';
import { type Box, drain, FAULTS, openBox, runsOf, windowStart } from '../support/trigger/bench.ts';
import { badCalls, HINTS, PLANS, setUp } from '../support/trigger/bad-calls.ts';
import { familyOf, noToken, startTrigger, tick, tickOf, TOKEN } from '../support/trigger/run-trigger.ts';
import { closeServers, deadUrl, raw, stub } from '../support/trigger/stub-servers.ts';

describe('contrib/trigger.sh', () => {
  let files: ReturnType<typeof folder>;
  let tokenFile: string;

  beforeEach(() => {
    files = folder({});
    tokenFile = secret('the cron token', `${TOKEN}\n`);
  });

  afterEach(() => closeServers().then(() => files.remove()));

  function secret(name: string, text: string, mode = 0o600): string {
    writeFileSync(files.file(name), text);
    chmodSync(files.file(name), mode);
    return files.file(name);
  }

  describe('which answer ends the tick', () => {
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
      assert.deepEqual(
        [code, tries],
        [0, [`${a.url} no answer (curl says 52, may have sent)`, `${b.url} 200 sent=all`]],
      );
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

  describe('with servers as they are started', () => {
    let box: Box;

    beforeEach(async () => void (box = await openBox()));
    afterEach(endProcesses);

    const cron = (...args: string[]) => tick(['--token-file', tokenFile, ...args]);

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
      assert.deepEqual([code, tries], [0, [`${a.url} 503 sent=none`, `${b.url} 200 sent=all`]]);
      assert.deepEqual([runsOf(a).length, runsOf(b), a.child.exitCode], [1, [windowStart(at)], null]);
      await box.sentOnce(at);
      a.child.kill('SIGKILL');
      assert.equal(await held.answer, undefined, 'its run was still in hand');
    });

    it('a wrong token: the second is never asked', async () => {
      const [a, b] = [await box.serve(), await stub(200, 'all')];
      for (const args of [[], ['--token-file', secret('wrong', `${TOKEN.slice(0, -1)}0`)]]) {
        const { code, tries } = await tick([...args, a.url, b.url]);
        assert.deepEqual(
          [code, tries],
          [4, [`${a.url} 401 sent=none (the token of --token-file is none of its TRIGGER_TOKEN)`]],
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
        assert.deepEqual([alone.code, alone.tries, b.asked.length], [1, [`${a.url} ${shown}`], asked]);
        const { code, tries } = await cron('--ledger', a.url, b.url);
        assert.deepEqual([code, tries, b.asked.length], [0, [`${a.url} ${shown}`, `${b.url} 200 sent=all`], asked + 1]);
      }
    });

    it('a clock that is ahead, and a path that is wrong, are refused', async () => {
      const [a, b] = [await box.serve(), await stub(200, 'all')];
      assert.match(
        (await cron('--at', String(Math.floor(Date.now() / 1000) + 172_800), a.url, b.url)).tries.join(),
        /400 sent=none \(it cannot use at=\d+: compare the clocks/,
      );
      assert.match((await cron(`${a.url}/run`, b.url)).tries.join(), /404 sent=none \(no POST \/run at this URL/);
      assert.equal(b.asked.length, 0);
    });
  });

  describe('what is posted', () => {
    it('the same at to every server, taken once', async () => {
      const [a, b, c] = [await raw(), await stub(503, 'none'), await stub(200, 'all')];
      const before = Math.floor(Date.now() / 1000);
      const started = startTrigger(['--timeout', '2', a.url, b.url, c.url]);
      await until('the first has the post', () => a.heard().endsWith('\r\n\r\n'));
      const after = Math.floor(Date.now() / 1000);
      const { at, code, tries } = tickOf(await started.ended);
      assert.deepEqual([code, tries[0]], [0, `${a.url} no answer (timed out, may have sent)`]);
      assert.ok(at >= before && at <= after, `${before} <= ${at} <= ${after}`);
      assert.ok(Math.floor(Date.now() / 1000) > at, 'the clock has moved on in between');
      assert.equal(a.heard().split(' ')[1], `/run?at=${at}`);
      assert.deepEqual(
        [...b.asked, ...c.asked].map(({ url }) => url),
        [`/run?at=${at}`, `/run?at=${at}`],
      );
    });

    it('--at, a token and nothing else; files with spaces in their names', async () => {
      const b = await stub(200, 'all');
      const { at, code, stderr } = await tick(['--at', '1795230600', '--token-file', tokenFile, '--server', b.url]);
      assert.deepEqual([at, code, stderr], [1_795_230_600, 0, '']);
      assert.deepEqual(b.asked, [
        { method: 'POST', url: '/run?at=1795230600', authorization: `Bearer ${TOKEN}`, body: '' },
      ]);
    });

    it('the token in any form the file may have', async () => {
      const b = await stub(200, 'all');
      for (const text of [TOKEN, `${TOKEN}\r\n`, `  ${TOKEN} \nold\n`, `Authorization: Bearer ${TOKEN}\n`])
        await tick(['--token-file', secret('-t', text), b.url]);
      assert.deepEqual(
        b.asked.map(({ authorization }) => authorization),
        Array(4).fill(`Bearer ${TOKEN}`),
      );
      const odd = String.raw`a"b\n$(id)%s'` + TOKEN;
      await tick(['--token-file', secret('odd', odd), b.url]);
      assert.equal(b.asked.at(-1)!.authorization, `Bearer ${odd}`);
      await tick([b.url]);
      assert.equal(b.asked.at(-1)!.authorization, undefined);
    });

    it('servers as options and arguments, in their order, with paths and slashes', async () => {
      const [a, b, c] = [await stub(503, 'none'), await stub(503, 'none'), await stub(200, 'all')];
      const { tries } = await tick([`${a.url}/`, '--server', `${b.url}/monitor/`, `${c.url}/a/b`]);
      assert.deepEqual(tries, [
        `${a.url} 503 sent=none`,
        `${b.url}/monitor 503 sent=none`,
        `${c.url}/a/b 200 sent=all`,
      ]);
      assert.deepEqual(
        [a, b, c].map(({ asked }) => asked[0]!.url!.split('?')[0]),
        ['/run', '/monitor/run', '/a/b/run'],
      );
      // Brackets are no pattern: not for curl, and not for the shell, where a file fits it.
      mkdirSync(files.file(`${c.url}/1`), { recursive: true });
      await startTrigger([`${c.url}/[1-2]`], {}, { cwd: files.path }).ended;
      assert.deepEqual(
        c.asked.slice(1).map(({ url }) => url!.split('?')[0]),
        ['/[1-2]/run'],
      );
    });

    it('a .curlrc changes nothing', async () => {
      const b = await stub(200, 'all');
      const a = await stub(302, 'none', { Location: `${b.url}/run` });
      writeFileSync(files.file('.curlrc'), 'location\nverbose\ninclude\nfail\n');
      const { code, stderr } = await tick(['--token-file', tokenFile, a.url], { HOME: files.path });
      assert.deepEqual([code, stderr, a.asked.length, b.asked.length], [4, '', 1, 0]);
    });
  });

  describe('the token', () => {
    it('is on no command line and in no environment while curl waits', async () => {
      const a = await raw();
      const started = startTrigger(['--token-file', tokenFile, a.url]);
      await until('the post is out', () => a.heard().endsWith('\r\n\r\n'));
      const family = familyOf(started.child.pid!);
      await closeServers();
      const { code, tries } = tickOf(await started.ended);
      assert.match(a.heard(), new RegExp(`^authorization: Bearer ${TOKEN}\r$`, 'mi'), 'it did go out');
      assert.deepEqual(
        family.filter(
          ({ cmdline }) =>
            /^curl /.test(cmdline) && cmdline.includes(a.url) && cmdline.includes('-m 150 --connect-timeout 5 '),
        ).length,
        1,
        JSON.stringify(family),
      );
      for (const { cmdline, environ } of family) noToken(cmdline + environ);
      assert.equal(code, 3);
      assert.match(tries[0]!, /no answer \(curl says (52|56), may have sent\)$/);
    });

    it('is in no trace', async () => {
      const b = await stub(200, 'all');
      const { code, stderr } = await startTrigger(['--token-file', tokenFile, b.url], {}, { shell: ['-x'] }).ended;
      assert.deepEqual([code, b.asked[0]!.authorization], [0, `Bearer ${TOKEN}`]);
      assert.match(stderr, /^\+ /m);
      noToken(stderr);
    });

    it('a file that all can read is a warning, one for a group is none', async () => {
      const b = await stub(200, 'all');
      for (const mode of [0o604, 0o644]) {
        const { code, stderr } = await tick(['--token-file', secret('open', TOKEN, mode), b.url]);
        assert.equal(code, 0);
        assert.match(stderr, /^trigger\.sh: everyone on this host can read the token: chmod o-r "[^"]*open"\n$/);
      }
      for (const mode of [0o400, 0o640])
        assert.equal((await tick(['--token-file', secret('closed', TOKEN, mode), b.url])).stderr, '');
      assert.equal(b.asked.length, 4);
    });
  });

  describe('calls', () => {
    it('a bad one is 2, with usage on stderr, and posts nothing', async () => {
      const b = await stub(200, 'all');
      for (const args of [
        ...badCalls(b.url),
        [b.url, '--token-file', files.file('none')],
        [b.url, '--token-file', files.path],
        [b.url, '--token-file', secret('empty', '\n')],
      ]) {
        const { code, stdout, stderr } = await startTrigger(args).ended;
        assert.deepEqual([code, stdout], [2, ''], JSON.stringify(args));
        assert.match(stderr, /^trigger\.sh: .+\n\nusage: trigger\.sh /m, JSON.stringify(args));
        noToken(stderr);
      }
      assert.equal(b.asked.length, 0);
    });

    it('without curl it says so', async () => {
      for (const tool of ['sh', 'cat']) symlinkSync(`/bin/${tool}`, files.file(tool));
      const { code, stderr } = await startTrigger(['http://127.0.0.1:1'], { PATH: files.path }).ended;
      assert.equal(code, 2);
      assert.match(stderr, /curl is not installed/);
    });

    it('--help is on stdout and documents every exit code and option', async () => {
      const { code, stdout, stderr } = await startTrigger(['--help']).ended;
      assert.deepEqual([code, stderr], [0, '']);
      for (const text of [
        '--server',
        '--token-file',
        '--timeout',
        '--ledger',
        '--at',
        '  0  ',
        '  1  ',
        '  2  ',
        '  3  ',
        '  4  ',
        'default 150',
        'may have sent',
      ])
        assert.ok(stdout.includes(text), text);
    });
  });
});
