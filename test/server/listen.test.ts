import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import axios from 'axios';
import { listen, type Listening } from '../../src/server/listen.ts';
import { type Stage, stageOf } from '../support/build/app.ts';
import { fakeSink, fakeSource } from '../support/build/fakes.ts';
import { type Clock, createClock, gate } from '../support/time/clock.ts';
import { until } from '../support/time/until.ts';

const GRACE = 25_000;

interface Running extends Stage {
  readonly listening: Listening;
  readonly url: string;
  readonly waits: Clock;
  readonly aborted: () => boolean;
}

/** The server's own waits are held; runs hang until the test lets them go, or until they are aborted. */
async function start(isStubborn = false): Promise<Running & { open(): void }> {
  let open: () => void = () => undefined;
  const gate = new Promise<void>((done) => (open = done));
  const source = fakeSource((_ask, { signal }) =>
    Promise.race([
      gate.then(() => ({})),
      isStubborn
        ? new Promise<never>(() => undefined)
        : new Promise<never>((done) =>
            signal.addEventListener('abort', () => done({ fault: { message: 'aborted', retryable: true } } as never)),
          ),
    ]),
  );
  const stage = stageOf(source, [fakeSink()]);
  const waits = createClock(() => true);
  let aborted = false;
  const listening = await listen(
    stage.app,
    { host: '127.0.0.1', port: 0 },
    {
      sleep: waits.sleep,
      abort: () => {
        aborted = true;
        stage.shutdown.abort();
      },
    },
  );
  return { ...stage, listening, waits, url: `http://127.0.0.1:${listening.port}`, aborted: () => aborted, open };
}

function post({ url }: Running): Promise<{ status: number; headers: object }> {
  return axios.post(`${url}/run?filter=a`, undefined, { validateStatus: () => true, headers: { Connection: 'close' } });
}

describe('the server', () => {
  it('listens on the address and port it was given, and closes when nothing is in hand', async () => {
    const server = await start();
    assert.ok(server.listening.port > 0);
    assert.equal((await axios.get(`${server.url}/healthz`)).status, 200);
    await server.listening.close(GRACE);
    await assert.rejects(axios.get(`${server.url}/healthz`), { code: /^ECONN(REFUSED|RESET)$/ });
    assert.equal(server.aborted(), false);
  });

  it('that cannot listen says so', async () => {
    const taken = createServer();
    await new Promise<void>((done) => taken.listen(0, '127.0.0.1', done));
    const { app } = stageOf(fakeSource(), [fakeSink()]);
    await assert.rejects(
      listen(
        app,
        { host: '127.0.0.1', port: (taken.address() as AddressInfo).port },
        { sleep: async () => undefined, abort: () => undefined },
      ),
      /PORT: \d+ on 127\.0\.0\.1 is taken by another process/,
    );
    taken.close();
  });

  it('that closes lets the run in hand end, and answers it', async () => {
    const server = await start();
    const answer = post(server);
    await until('the log says "run begins"', () => server.log.texts().includes('run begins'));
    const closed = server.listening.close(GRACE);
    await until('the wait for what is in hand begins', () => server.waits.slept.includes(GRACE));
    server.open();
    assert.equal((await answer).status, 200);
    await closed;
    assert.equal(server.aborted(), false);
  });

  it('that closes refuses new posts meanwhile', async () => {
    const server = await start();
    const answer = post(server);
    await until('the log says "run begins"', () => server.log.texts().includes('run begins'));
    const closed = server.listening.close(GRACE);
    const refused = await post(server);
    assert.deepEqual(
      [refused.status, (refused.headers as Record<string, string>)['sentry-monitor-sent']],
      [503, 'none'],
    );
    server.open();
    await Promise.all([answer, closed]);
  });

  it('that closes aborts the run in hand after its grace, and the run says how it ended', async () => {
    const server = await start();
    const answer = post(server);
    await until('the log says "run begins"', () => server.log.texts().includes('run begins'));
    const closed = server.listening.close(GRACE);
    await until('the wait for what is in hand begins', () => server.waits.slept.includes(GRACE));
    server.waits.advance(GRACE - 1);
    await gate();
    assert.equal(server.aborted(), false);
    server.waits.advance(1);
    assert.equal((await answer).status, 503);
    await closed;
    assert.equal(server.aborted(), true);
  });

  it('that closes gives up a run that does not even end when it is aborted, and cuts its connection', async () => {
    const server = await start(true);
    const answer = post(server).then(
      () => 'answered',
      () => 'cut',
    );
    await until('the log says "run begins"', () => server.log.texts().includes('run begins'));
    const closed = server.listening.close(GRACE);
    await until('the wait for what is in hand begins', () => server.waits.slept.includes(GRACE));
    server.waits.advance(GRACE);
    await until('a wait of 5000 ms begins', () => server.waits.slept.includes(5000));
    server.waits.advance(5000);
    await until('a wait of 500 ms begins', () => server.waits.slept.includes(500));
    server.waits.advance(500);
    await closed;
    assert.equal(await answer, 'cut');
  });
});
