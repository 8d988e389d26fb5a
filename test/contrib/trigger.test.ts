import assert from 'node:assert/strict';
import { HINTS, PLANS, setUp } from '../support/trigger/bad-calls.ts';
import { describeWith } from '../support/process/tools.ts';
import { tick, TOKEN } from '../support/trigger/run-trigger.ts';
import { triggerStage } from '../support/trigger/cron-folder.ts';
import { raw, stub } from '../support/trigger/stub-servers.ts';

describeWith('curl', 'contrib/trigger.sh: which answer ends the tick', () => {
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

describeWith('curl', 'contrib/trigger.sh: the reason', () => {
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

  it('is told of each server', async () => {
    const [a, b] = [await stub(503, 'none', { [WHY]: 'it rests' }), await stub(200, 'all')];
    assert.deepEqual((await tick([a.url, b.url])).tries, [`${a.url} 503 sent=none it rests`, `${b.url} 200 sent=all`]);
  });

  it('of a filters file, after a good run: the tick has done its work, and stderr has it, for a mail', async () => {
    const why = 'filters/crm.yaml:12: projects: is an empty list';
    for (const status of [200, 202]) {
      const [a, b] = [await stub(status, 'all', { [WHY]: why }), await stub(200, 'all')];
      const { code, tries, stderr } = await tick([a.url, b.url]);
      assert.deepEqual(
        [code, tries, stderr, b.asked.length],
        [0, [`${a.url} ${status} sent=all ${why}`], `trigger.sh: ${a.url} answered ${status}, but: ${why}\n`, 0],
      );
    }
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
