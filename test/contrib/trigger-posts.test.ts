import assert from 'node:assert/strict';
import { describeWith } from '../support/process/tools.ts';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { until } from '../support/time/until.ts';
import { badCalls } from '../support/trigger/bad-calls.ts';
import { familyOf, noToken, startTrigger, tick, tickOf, TOKEN } from '../support/trigger/run-trigger.ts';
import { triggerStage } from '../support/trigger/cron-folder.ts';
import { closeServers, raw, stub } from '../support/trigger/stub-servers.ts';

describeWith('curl', 'contrib/trigger.sh: what is posted', () => {
  const stage = triggerStage();

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
    const { at, code, stderr } = await tick(['--at', '1795230600', '--token-file', stage.tokenFile, '--server', b.url]);
    assert.deepEqual([at, code, stderr], [1_795_230_600, 0, '']);
    assert.deepEqual(b.asked, [
      { method: 'POST', url: '/run?at=1795230600', authorization: `Bearer ${TOKEN}`, body: '' },
    ]);
  });

  it('the token in any form the file may have', async () => {
    const b = await stub(200, 'all');
    for (const text of [TOKEN, `${TOKEN}\r\n`, `  ${TOKEN} \nold\n`, `Authorization: Bearer ${TOKEN}\n`])
      await tick(['--token-file', stage.secret('-t', text), b.url]);
    assert.deepEqual(
      b.asked.map(({ authorization }) => authorization),
      Array(4).fill(`Bearer ${TOKEN}`),
    );
    const odd = String.raw`a"b\n$(id)%s'` + TOKEN;
    await tick(['--token-file', stage.secret('odd', odd), b.url]);
    assert.equal(b.asked.at(-1)!.authorization, `Bearer ${odd}`);
    await tick([b.url]);
    assert.equal(b.asked.at(-1)!.authorization, undefined);
  });

  it('servers as options and arguments, in their order, with paths and slashes', async () => {
    const [a, b, c] = [await stub(503, 'none'), await stub(503, 'none'), await stub(200, 'all')];
    const { tries } = await tick([`${a.url}/`, '--server', `${b.url}/monitor/`, `${c.url}/a/b`]);
    assert.deepEqual(tries, [`${a.url} 503 sent=none`, `${b.url}/monitor 503 sent=none`, `${c.url}/a/b 200 sent=all`]);
    assert.deepEqual(
      [a, b, c].map(({ asked }) => asked[0]!.url!.split('?')[0]),
      ['/run', '/monitor/run', '/a/b/run'],
    );
    // Brackets are no pattern: not for curl, and not for the shell, where a file fits it.
    mkdirSync(stage.files.file(`${c.url}/1`), { recursive: true });
    await startTrigger([`${c.url}/[1-2]`], {}, { cwd: stage.files.path }).ended;
    assert.deepEqual(
      c.asked.slice(1).map(({ url }) => url!.split('?')[0]),
      ['/[1-2]/run'],
    );
  });

  it('a .curlrc changes nothing', async () => {
    const b = await stub(200, 'all');
    const a = await stub(302, 'none', { Location: `${b.url}/run` });
    writeFileSync(stage.files.file('.curlrc'), 'location\nverbose\ninclude\nfail\n');
    const { code, stderr } = await tick(['--token-file', stage.tokenFile, a.url], { HOME: stage.files.path });
    assert.deepEqual([code, stderr, a.asked.length, b.asked.length], [4, '', 1, 0]);
  });
});

describeWith('curl', 'contrib/trigger.sh: the token', () => {
  const stage = triggerStage();

  it('is on no command line and in no environment while curl waits', async () => {
    const a = await raw();
    const started = startTrigger(['--token-file', stage.tokenFile, a.url]);
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
    const { code, stderr } = await startTrigger(['--token-file', stage.tokenFile, b.url], {}, { shell: ['-x'] }).ended;
    assert.deepEqual([code, b.asked[0]!.authorization], [0, `Bearer ${TOKEN}`]);
    assert.match(stderr, /^\+ /m);
    noToken(stderr);
  });

  it('a file that all can read is a warning, one for a group is none', async () => {
    const b = await stub(200, 'all');
    for (const mode of [0o604, 0o644]) {
      const { code, stderr } = await tick(['--token-file', stage.secret('open', TOKEN, mode), b.url]);
      assert.equal(code, 0);
      assert.match(stderr, /^trigger\.sh: everyone on this host can read the token: chmod o-r "[^"]*open"\n$/);
    }
    for (const mode of [0o400, 0o640])
      assert.equal((await tick(['--token-file', stage.secret('closed', TOKEN, mode), b.url])).stderr, '');
    assert.equal(b.asked.length, 4);
  });
});

describeWith('curl', 'contrib/trigger.sh: calls', () => {
  const stage = triggerStage();

  it('a bad one is 2, with usage on stderr, and posts nothing', async () => {
    const b = await stub(200, 'all');
    for (const args of [
      ...badCalls(b.url),
      [b.url, '--token-file', stage.files.file('none')],
      [b.url, '--token-file', stage.files.path],
      [b.url, '--token-file', stage.secret('empty', '\n')],
    ]) {
      const { code, stdout, stderr } = await startTrigger(args).ended;
      assert.deepEqual([code, stdout], [2, ''], JSON.stringify(args));
      assert.match(stderr, /^trigger\.sh: .+\n\nusage: trigger\.sh /m, JSON.stringify(args));
      noToken(stderr);
    }
    assert.equal(b.asked.length, 0);
  });

  it('without curl it says so', async () => {
    for (const tool of ['sh', 'cat']) symlinkSync(`/bin/${tool}`, stage.files.file(tool));
    const { code, stderr } = await startTrigger(['http://127.0.0.1:1'], { PATH: stage.files.path }).ended;
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
