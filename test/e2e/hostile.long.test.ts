import assert from 'node:assert/strict';
import { until } from '../support/time/until.ts';
import type { Json } from '../support/e2e/json.ts';
import { endProcesses } from '../support/process/processes.ts';
import {
  fillTwoProjects,
  type RemoteSandbox,
  type RemoteService,
  startRemoteSandbox,
  startRemoteService,
} from '../support/process/services.ts';
import { taken } from '../support/e2e/received-records.ts';
import { type Answer, ask, bearerLine, hangUpAll, request, talk, type Talk } from '../support/hostile/raw-http.ts';
import { askHealth, memoryOf, startStorm } from '../support/hostile/storm.ts';

const TOKEN = 'cron-token-0123456789';
const FILTERS = [
  { name: 'web', projects: ['web'] },
  { name: 'api', projects: ['api'] },
];
const TOTALS = [
  { project: 'web', events: 34, issues: 2, users: 1 },
  { project: 'api', events: 11, issues: 1, users: 1 },
];
/** As Anodot has them when everything arrived once. */
const SAMPLES = [
  'sentry_events api 11',
  'sentry_events web 34',
  'sentry_issues api 1',
  'sentry_issues web 2',
  'sentry_users api 1',
  'sentry_users web 1',
];

describe('hostile input to the service as a process', () => {
  let sandbox: RemoteSandbox;
  let service: RemoteService;
  let port: number;
  /** The post of a cron. */
  let run: string;

  before(async () => {
    sandbox = await startRemoteSandbox();
  });
  after(() => endProcesses());

  beforeEach(async () => {
    await sandbox.command('reset', {});
    const now = Date.now();
    const end = Math.floor((now - 120_000) / 300_000) * 300_000;
    run = request(`POST /run?at=${Math.floor(now / 1000)}`, [bearerLine(TOKEN)]);
    await fillTwoProjects(sandbox, end);
    service = await startRemoteService(sandbox, FILTERS, { TRIGGER_TOKEN: TOKEN, HOST: '127.0.0.1' });
    port = Number(new URL(service.url).port);
  });

  afterEach(async () => {
    hangUpAll();
    service.child.kill('SIGTERM');
    assert.deepEqual([await service.end(), service.err()], [{ code: 0, signal: null }, '']);
  });

  const logged = (text: string): Record<string, Json>[] => service.log().filter(({ msg }) => msg === text);

  function assertRan(answer: Answer | undefined, status: 'sent' | 'sent before'): void {
    assert.deepEqual([answer?.status, answer?.headers['sentry-monitor-sent']], [200, 'all'], answer?.body);
    const { reports }: Json = JSON.parse(answer!.body);
    assert.deepEqual(
      reports.flatMap(({ totals }: Json) => totals),
      TOTALS,
    );
    assert.deepEqual(
      reports.flatMap(({ sinks }: Json) => [sinks.newrelic.status, sinks.anodot.status]),
      [status, status, status, status],
    );
  }

  async function assertSentOnce(): Promise<void> {
    const { samples, events } = taken(await sandbox.received());
    assert.deepEqual(
      samples.map(({ properties, value }) => `${properties.what} ${properties.project} ${value}`).sort(),
      SAMPLES,
    );
    assert.deepEqual(
      events
        .filter(({ type }) => type === 'event_count')
        .map(({ project, value }) => [project, value])
        .sort(),
      [
        ['api', 11],
        ['web', 34],
      ],
    );
  }

  it('1,000 posts without a valid token at once: healthz is answered among them, memory bounded, and the next run is right', async () => {
    await ask(port, request('GET /healthz'), 1);
    const before = memoryOf(service.child.pid!);
    const storm = await startStorm(port, 1000);
    assert.equal(storm.open(), 1000);
    await askHealth(port);
    assert.equal(storm.open(), 1000, 'all wait while healthz answers');
    let [isOver, health] = [false, 0];
    storm.release();
    const watch = (async () => {
      for (; !isOver; health++) await askHealth(port);
    })();
    const [told, [answer]] = await Promise.all([storm.told(), ask(port, run, 1)]);
    isOver = true;
    await watch;
    assert.deepEqual(told, { 401: 30, 429: 970 });
    assert.ok(health > 1, `${health} answers of healthz`);
    assertRan(answer, 'sent');
    await assertSentOnce();
    const { most } = memoryOf(service.child.pid!);
    assert.ok(most - before.now < 100, `${before.now} MB became ${most}`);
    assert.deepEqual(
      logged('post without a valid token').map(({ token, address }) => [token, address]),
      [['wrong', '127.0.0.1']],
    );
    service.child.kill('SIGTERM');
    await service.end();
    assert.deepEqual(
      logged('posts without a valid token within a minute').map(({ missing, wrong }) => [missing, wrong]),
      [[0, 1000]],
    );
    assert.ok(!service.out().includes('wrong-token') && !service.out().includes(TOKEN));
  });

  it('slow clients of every kind, 40 of each: a run goes on among them, and all are told and cut', async () => {
    const auth = bearerLine(TOKEN);
    /** What comes first, what then now and then, and what they are told. */
    const kinds: Readonly<Record<string, readonly [string, string, object]>> = {
      'say nothing': ['', '', { 408: 40 }],
      'a request line': ['POST /ru', 'n', { 408: 40 }],
      headers: ['POST /run HTTP/1.1\r\nHost: a\r\nX: ', 'x', { 408: 40 }],
      'a body': [request('POST /run', [auth, 'Content-Length: 9999']), 'x', { 408: 40 }],
      chunks: [request('POST /run', [auth, 'Transfer-Encoding: chunked']), '1\r\nx\r\n', { 408: 40 }],
      'a refused body': [request('POST /run', ['Content-Length: 9999']), 'x', { 401: 30, 429: 10 }],
      'no HTTP': ['no HTTP\r\n\r\n', 'x', { 400: 40 }],
    };
    const slow: { readonly kind: string; readonly drop: string; readonly it: Talk }[] = [];
    for (const [kind, [first, drop]] of Object.entries(kinds))
      for (let n = 0; n < 40; n++) slow.push({ kind, drop, it: await talk(port, first) });
    await until('those are told at once that can be', () => slow.filter(({ it }) => it.isEnded()).length === 80);
    assertRan((await ask(port, run, 1))[0], 'sent');
    let dropped = performance.now();
    await until('all are cut', () => {
      if (performance.now() - dropped < 500) return false;
      dropped = performance.now();
      for (const { drop, it } of slow) it.send(it.isEnded() ? 'x' : drop);
      return slow.every(({ it }) => it.isClosed());
    });
    const told = Object.fromEntries(
      Object.keys(kinds).map((kind) => [
        kind,
        tally(
          slow
            .filter((one) => one.kind === kind)
            .map(({ it }) =>
              it
                .answers()
                .map(({ status }) => status)
                .join(),
            ),
        ),
      ]),
    );
    assert.deepEqual(told, Object.fromEntries(Object.entries(kinds).map(([kind, [, , counts]]) => [kind, counts])));
    assert.equal(logged('run begins').length, 1);
    await assertSentOnce();
  });

  it('a client that is gone in the middle of its run: the run goes on, and who asks again learns of it', async () => {
    await sandbox.command('faults', { vendor: 'sentry', endpoint: 'events-table', kind: 'slow', ms: 1500 });
    const gone = await talk(port, run);
    await until('its run is at Sentry', async () =>
      (await sandbox.requests()).requests.some(({ fault }) => fault === 'slow'),
    );
    gone.socket.resetAndDestroy();
    assert.deepEqual(logged('run ended'), []);
    await until('the run ends', () => logged('run ended').length === 1);
    assert.deepEqual(
      logged('run ended').map(({ status, sent }) => [status, sent]),
      [['ok', 'all']],
    );
    await assertSentOnce();
    assertRan((await ask(port, run, 1))[0], 'sent before');
    await assertSentOnce();
  });

  it('a client that closed its half gets its answer; one that reads nothing holds up nobody', async () => {
    const deaf = await talk(port);
    deaf.socket.pause();
    deaf.send(run);
    await until('its run ended', () => logged('run ended').length === 1);
    const half = await talk(port);
    half.socket.end(run);
    await until('it has its answer', () => half.isClosed());
    assertRan(half.answers()[0], 'sent before');
    await assertSentOnce();
  });

  it('one post three times in one piece, among others: sent once, answered in turn', async () => {
    const answers = await ask(
      port,
      [request('GET /healthz'), run, request('POST /run'), run, run, request('GET /healthz')].join(''),
      6,
    );
    assert.deepEqual(
      answers.map(({ status }) => status),
      [200, 200, 401, 200, 200, 200],
    );
    for (const answer of [answers[1], answers[3], answers[4]])
      assert.equal(answer!.headers['sentry-monitor-sent'], 'all');
    await assertSentOnce();
  });
});

function tally(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1;
  return counts;
}
