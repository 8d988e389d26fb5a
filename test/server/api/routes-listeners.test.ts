import assert from 'node:assert/strict';
import request from 'supertest';
import { stageOf } from '../../support/build/app.ts';
import { fakeSink, fakeSource, type Found } from '../../support/build/fakes.ts';
import { gate } from '../../support/time/clock.ts';
import { REFUSED, FAULT, all } from './sink-outcomes.ts';

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
        alertsFiring: null,
        messagesFailed: null,
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
      type: 'docs/faults.md#http-503',
      title: 'Service Unavailable',
      status: 503,
      detail: 'this server is shutting down; post to another one',
    });
    assert.deepEqual((await request(app.express).get('/readyz').expect(503)).body, {
      type: 'docs/faults.md#http-503',
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
