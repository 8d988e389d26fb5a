import assert from 'node:assert/strict';
import request from 'supertest';
import type { Outcome } from '../../../src/core/model/item.ts';
import type { Order } from '../../../src/core/ports/order.ts';
import { resultOf } from '../../../src/core/run/run-result.ts';
import { DEADLINE, stageOf } from '../../support/build/app.ts';
import {
  ACCEPTED,
  fakeSink,
  type FakeSinkOptions,
  fakeSource,
  type FakeSource,
  type Found,
} from '../../support/build/fakes.ts';
import { gate } from '../../support/time/clock.ts';
import { until } from '../../support/time/until.ts';

const FAIL: Outcome = { status: 'failed', fault: { message: 'one: down', retryable: true } };
const MAYBE: Outcome = { status: 'uncertain', fault: { message: 'one: cut', retryable: true } };
const REFUSED: Outcome = { status: 'refused', why: 'bad' };
const FAULT = { fault: { message: 'sentry: answered 401: Invalid token', retryable: false } };

function all(outcome: Outcome): FakeSinkOptions {
  return { answer: (items) => items.map(() => outcome) };
}

/** Waits for the end of the run. */
function hanging(): FakeSource {
  return fakeSource((_ask, { signal }) =>
    signal.aborted ? FAULT : new Promise((done) => signal.addEventListener('abort', () => done(FAULT))),
  );
}

interface Row {
  readonly name: string;
  readonly status: number;
  readonly body: string;
  readonly sent: string;
  readonly found?: (filter: string) => Found;
  readonly sink?: FakeSinkOptions;
  readonly other?: FakeSinkOptions;
  readonly query?: string;
}

const TABLE: readonly Row[] = [
  { name: 'every report reached every sink', status: 200, body: 'ok', sent: 'all' },
  {
    name: 'every report reached every sink, with gaps',
    status: 200,
    body: 'ok',
    sent: 'all',
    found: () => ({ gaps: [{ part: 'totals', reason: 'project_not_found', project: 'x' }] }),
  },
  {
    name: 'a debug run',
    status: 200,
    body: 'ok',
    sent: 'none',
    query: '?debug=true',
    sink: {
      answer: () => {
        throw new Error('a debug run sent');
      },
    },
  },
  { name: 'one sink failed', status: 502, body: 'partial', sent: 'some', other: all(FAIL) },
  { name: 'everything failed', status: 502, body: 'failed', sent: 'none', sink: all(FAIL), other: all(FAIL) },
  {
    name: 'everything is uncertain',
    status: 502,
    body: 'failed',
    sent: 'unknown',
    sink: all(MAYBE),
    other: all(MAYBE),
  },
  {
    name: 'something was refused',
    status: 502,
    body: 'partial',
    sent: 'some',
    sink: { answer: (items) => items.map((_, index) => (index === 0 ? REFUSED : ACCEPTED)) },
  },
  {
    name: 'one filter could not be read',
    status: 502,
    body: 'partial',
    sent: 'some',
    found: (filter) => (filter === 'a' ? FAULT : {}),
  },
  { name: 'no filter could be read', status: 503, body: 'failed', sent: 'none', found: () => FAULT },
];

describe('POST /run: what it answers', () => {
  for (const { name, status, body, sent, found, sink, other, query = '' } of TABLE) {
    it(`${name}: ${status} ${body}, sent ${sent}`, async () => {
      const { app } = stageOf(
        fakeSource(({ filter }) => found?.(filter.name) ?? {}),
        [fakeSink(sink), fakeSink({ name: 'two', ...other })],
      );
      const response = await request(app.express).post(`/run${query}`);
      assert.deepEqual(
        [response.status, (response.body as { status: string }).status, response.headers['sentry-monitor-sent']],
        [status, body, sent],
      );
      assert.match(response.headers['content-type']!, /^application\/json/);
      assert.equal(response.headers['cache-control'], 'no-store');
    });
  }

  it('another server has it in hand: 202', async () => {
    const elsewhere = { status: 'in hand elsewhere' } as const;
    const runner = {
      run: async ({ filters, window }: Order) =>
        resultOf({
          runId: 'r',
          window,
          end: null,
          reports: filters.map((filter) => ({ id: 'x', filter, window, report: null, sinks: { one: elsewhere } })),
          sourceRequests: 0,
          clockSkewMs: null,
          durationMs: 0,
        }),
    };
    const response = await request(stageOf(fakeSource(), [fakeSink()], { runner }).app.express).post('/run');
    assert.deepEqual(
      [response.status, (response.body as { status: string }).status, response.headers['sentry-monitor-sent']],
      [202, 'in hand', 'none'],
    );
  });

  it('the deadline passed: 504, and the body says what was done', async () => {
    const { app, clock } = stageOf(hanging(), [fakeSink()]);
    const response = request(app.express)
      .post('/run')
      .then((it) => it);
    await until('the wait for the deadline begins', () => clock.slept.includes(DEADLINE));
    await gate();
    clock.advance(DEADLINE);
    const { status, body, headers } = await response;
    assert.deepEqual(
      [status, body.status, headers['sentry-monitor-sent'], body.reports.length],
      [504, 'failed', 'none', 2],
    );
  });

  it('the clock is wrong by over 30 s: 503, unless the window was named', async () => {
    const sink = fakeSink();
    const { app } = stageOf(
      fakeSource((_ask, { meter }) => (meter.sawClock(31_000, 1), {})),
      [sink],
    );
    const response = await request(app.express).post('/run').expect(503).expect('Sentry-Monitor-Sent', 'none');
    assert.deepEqual([response.body.clockSkewMs, sink.requests], [31_000, []]);
    for (const query of ['?at=1795169250', '?end=2026-11-20T10:00:00Z'])
      await request(app.express).post(`/run${query}`).expect(200).expect('Sentry-Monitor-Sent', 'all');
  });

  it('the whole body, literally', async () => {
    const { app } = stageOf(fakeSource(), [fakeSink()], { faults: [{ where: 'crm.yaml:12', text: 'bad' }] });
    const window = { start: '2026-11-20T10:00:00.000Z', end: '2026-11-20T10:05:00.000Z' };
    assert.deepEqual((await request(app.express).post('/run?filter=a').expect(200)).body, {
      status: 'ok',
      debug: false,
      server: 'host-1',
      run: 'run-1',
      clockSkewMs: null,
      durationMs: 0,
      window,
      sentryRequests: 0,
      incomplete: 0,
      faults: [{ filters: 'crm.yaml:12', error: 'bad' }],
      reports: [
        {
          id: 'a@2026-11-20T10:00:00.000Z',
          revision: 0,
          filter: 'a',
          window,
          source: 'fake',
          complete: true,
          gaps: [],
          totals: [{ project: 'crm-web', events: 3, issues: 0, users: 2 }],
          unattributed: 0,
          url: null,
          trending: [],
          sinks: { one: { status: 'sent', accepted: 1, refused: [], uncertain: 0, failed: 0, refs: ['r'] } },
        },
      ],
    });
  });

  it('with every secret masked', async () => {
    const { app } = stageOf(
      fakeSource(() => ({ fault: { message: 'says key-0123456789', retryable: false } })),
      [fakeSink()],
      { secrets: ['key-0123456789'] },
    );
    const { text } = await request(app.express).post('/run');
    assert.ok(text.includes('says ***') && !text.includes('key-0123456789'));
  });

  it('two posts at once, and one later: one read, one effect, and all say so', async () => {
    let open: () => void = () => undefined;
    const gate = new Promise<void>((done) => (open = done));
    const source = fakeSource(() => gate.then(() => ({})));
    const sink = fakeSink();
    const { app, log } = stageOf(source, [sink]);
    const both = [
      request(app.express)
        .post('/run')
        .then((it) => it),
      request(app.express)
        .post('/run')
        .then((it) => it),
    ];
    await until('the log says "joins a run in hand"', () => log.texts().includes('joins a run in hand'));
    open();
    assert.deepEqual(
      (await Promise.all(both)).map(({ status, headers }) => [status, headers['sentry-monitor-sent']]),
      [
        [200, 'all'],
        [200, 'all'],
      ],
    );
    const later = await request(app.express).post('/run').expect(200).expect('Sentry-Monitor-Sent', 'all');
    assert.equal(later.body.reports[0].sinks.one.status, 'sent before');
    assert.deepEqual(
      [source.reads.filter((names) => names.length > 0), sink.requests],
      [[['a', 'b']], [['a/crm-web', 'b/crm-web']]],
    );
  });

  it('only the filters and sinks that were asked for', async () => {
    const [one, two] = [fakeSink(), fakeSink({ name: 'two' })];
    const { app } = stageOf(fakeSource(), [one, two]);
    await request(app.express).post('/run?filter=b&sink=two').expect(200);
    assert.deepEqual([one.requests, two.requests], [[], [['b/crm-web']]]);
  });
});

describe('POST /run: a debug run', () => {
  for (const [name, query, dryRun] of [
    ['debug=true', '?debug=true', false],
    ['DRY_RUN', '', true],
    ['DRY_RUN and debug=false', '?debug=false', true],
  ] as const) {
    it(`by ${name} shows every item, sends nothing, remembers nothing, tells nobody`, async () => {
      const sink = fakeSink({
        answer: () => {
          throw new Error('a debug run sent');
        },
      });
      const source = fakeSource();
      const { app, told, log } = stageOf(source, [sink], { dryRun });
      for (let round = 1; round <= 2; round++) {
        const { body } = await request(app.express)
          .post(`/run${query}`)
          .expect(200)
          .expect('Sentry-Monitor-Sent', 'none');
        assert.deepEqual(
          [body.debug, body.reports[0].sinks.one],
          [true, { status: 'skipped', why: 'debug', items: [{ events: 3 }] }],
        );
        assert.equal(log.texts().filter((text) => text === 'would send').length, 2 * round);
      }
      assert.deepEqual([sink.requests, told, source.reads.length], [[], [], 2]);
    });
  }
});

describe('POST /run: observers', () => {
  it('are told of a plain run after its answer', async () => {
    let answered = false;
    let toldBefore: boolean | null = null;
    let done: () => void = () => undefined;
    const told = new Promise<void>((resolve) => (done = resolve));
    let release: () => void = () => undefined;
    const { app } = stageOf(fakeSource(), [fakeSink()], {
      listeners: {
        begun: async () => undefined,
        ended: () =>
          new Promise((resolve) => {
            release = () => {
              toldBefore = !answered;
              resolve();
              done();
            };
          }),
      },
    });
    await request(app.express).post('/run').expect(200);
    answered = true;
    release();
    await told;
    assert.equal(toldBefore, false, 'the answer went out while the observer still waited');
  });

  it('are told what the run came to', async () => {
    const found = (filter: string): Found =>
      filter === 'a' ? FAULT : { gaps: [{ part: 'totals', reason: 'project_forbidden' }] };
    const { app, told } = stageOf(
      fakeSource(({ filter }, { meter }) => (meter.requested(), meter.sawClock(40, 1), found(filter.name))),
      [fakeSink(), fakeSink({ name: 'two' })],
      { faults: [{ where: 'f', text: 't' }] },
    );
    await request(app.express).post('/run?at=1795169250').expect(502);
    await app.idle();
    assert.deepEqual(told, [
      {
        outcome: 'partial',
        runId: 'run-1',
        window: { start: 1_795_168_800_000, end: 1_795_169_100_000 },
        durationMs: 0,
        filters: 2,
        failed: 1,
        incomplete: 1,
        faults: 1,
        sourceRequests: 2,
        corrections: 0,
        sinks: ['one', 'two'],
        clockSkewMs: 40,
        behind: null,
        server: 'host-1',
        version: '1.2.3',
      },
    ]);
  });

  it('are told of failed runs too, and count what was not wholly delivered', async () => {
    const { app, told } = stageOf(fakeSource(), [fakeSink(all(REFUSED))]);
    await request(app.express).post('/run').expect(502);
    await app.idle();
    assert.deepEqual(
      told.map(({ outcome, failed, incomplete }) => [outcome, failed, incomplete]),
      [['failed', 2, 0]],
    );
  });

  for (const query of ['?filter=a', '?sink=one', '?end=2026-11-20T10:05:00Z', '?debug=true']) {
    it(`are not told of ${query}`, async () => {
      const { app, told } = stageOf(fakeSource(), [fakeSink()]);
      await request(app.express).post(`/run${query}`).expect(200);
      await app.idle();
      assert.deepEqual(told, []);
    });
  }
});

describe('a server that stops', () => {
  it('refuses new posts, is not ready, and lives on', async () => {
    const source = fakeSource();
    const { app } = stageOf(source, [fakeSink()]);
    app.stop();
    const response = await request(app.express)
      .post('/run')
      .expect(503)
      .expect('Sentry-Monitor-Sent', 'none')
      .expect('Connection', 'close');
    assert.deepEqual(response.body, {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'this server is shutting down; post to another one',
    });
    assert.deepEqual((await request(app.express).get('/readyz').expect(503)).body, {
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'this server is shutting down',
    });
    await request(app.express).get('/healthz').expect(200);
    assert.deepEqual(source.reads, []);
  });

  it('is idle only after runs and observers', async () => {
    let release: () => void = () => undefined;
    const { app } = stageOf(fakeSource(), [fakeSink()], {
      listeners: { begun: async () => undefined, ended: () => new Promise((done) => (release = done)) },
    });
    await app.idle();
    await request(app.express).post('/run').expect(200);
    let isIdle = false;
    const idle = app.idle().then(() => (isIdle = true));
    await gate();
    assert.equal(isIdle, false);
    release();
    await idle;
  });
});
