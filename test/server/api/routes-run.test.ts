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
import { REFUSED, FAULT, all } from './sink-outcomes.ts';

const FAIL: Outcome = { status: 'failed', fault: { message: 'one: down', retryable: true } };
const MAYBE: Outcome = { status: 'uncertain', fault: { message: 'one: cut', retryable: true } };

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
      faults: [{ filters: 'crm.yaml:12', error: 'bad', see: 'docs/faults.md#filters-file' }],
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
