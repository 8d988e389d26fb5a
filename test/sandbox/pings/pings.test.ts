import assert from 'node:assert/strict';
import { type Sandbox, startSandbox } from '../../../sandbox/index.ts';

const RUN = '00000000-0000-4000-8000-000000000007';

describe("the sandbox as a dead man's switch", () => {
  let sandbox: Sandbox;
  const get = async (path: string): Promise<number> =>
    (await fetch(`${sandbox.url}${path}`, { headers: { connection: 'close' } })).status;

  beforeEach(async () => {
    sandbox = await startSandbox({ now: () => 1000 });
  });
  afterEach(() => sandbox.close());

  it('takes pings to its check, with or without the id of a run', async () => {
    const check = `/ping/${sandbox.keys.pingId}`;
    assert.deepEqual(
      [await get(`${check}/start?rid=${RUN}`), await get(check), await get(`${check}/fail?rid=${RUN}`)],
      [200, 200, 200],
    );
    assert.deepEqual(
      sandbox.world.received.ping.pings.map(({ of, signal, run, at }) => [of, signal, run, at]),
      [
        ['check', 'start', RUN, 1000],
        ['check', 'success', null, 1000],
        ['check', 'fail', RUN, 1000],
      ],
    );
  });

  it('takes check-ins to its monitor', async () => {
    const monitor = `/api/1/cron/sentry-monitor/${sandbox.keys.cronKey}/`;
    for (const status of ['in_progress', 'ok', 'error'])
      assert.equal(await get(`${monitor}?check_in_id=${RUN}&status=${status}`), 202);
    assert.deepEqual(
      sandbox.world.received.ping.pings.map(({ of, signal, run }) => [of, signal, run]),
      [
        ['cron', 'start', RUN],
        ['cron', 'success', RUN],
        ['cron', 'fail', RUN],
      ],
    );
  });

  it('takes nothing else', async () => {
    const { pingId, cronKey } = sandbox.keys;
    const wrong = [
      '/ping/nightly',
      `/ping/${pingId}/stop`,
      `/ping/${pingId}?rid=7`,
      '/api/1/cron/x/wrong/?status=ok',
      `/api/1/cron/x/${cronKey}/?status=fine`,
      `/api/1/cron/x/${cronKey}/?status=ok&check_in_id=7`,
    ];
    const statuses = [];
    for (const path of wrong) statuses.push(await get(path));
    assert.deepEqual(statuses, [404, 404, 400, 401, 400, 400]);
    assert.deepEqual(sandbox.world.received.ping.pings, []);
  });

  it('answers 200 for a check that is not there, and only its text tells', async () => {
    const answer = await fetch(`${sandbox.url}/ping/${RUN}`, { headers: { connection: 'close' } });
    assert.deepEqual([answer.status, await answer.text()], [200, 'OK (not found)']);
    assert.deepEqual(sandbox.world.received.ping.pings, []);
  });

  it('misbehaves like the other vendors, and its requests are in the book', async () => {
    sandbox.world.faults.add({ vendor: 'ping', kind: 'status', status: 503 });
    assert.deepEqual(
      [await get(`/ping/${sandbox.keys.pingId}`), await get(`/ping/${sandbox.keys.pingId}`)],
      [503, 200],
    );
    assert.deepEqual(
      sandbox.world.requests.all().map(({ vendor, endpoint, status, fault }) => [vendor, endpoint, status, fault]),
      [
        ['ping', 'ping-check', 503, 'status'],
        ['ping', 'ping-check', 200, null],
      ],
    );
    const { ping } = (await (
      await fetch(`${sandbox.url}/sandbox/received`, { headers: { connection: 'close' } })
    ).json()) as { ping: { pings: unknown[] } };
    assert.equal(ping.pings.length, 1);
  });
});
