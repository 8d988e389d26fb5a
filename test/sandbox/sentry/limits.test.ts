import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { box, NOW, sentry, table } from '../support.ts';

const COUNT = 'field=count()';

describe('sandbox: limits of Sentry', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box({
      sleep: () =>
        new Promise((resolve) => {
          release = resolve;
        }),
    });
    sandbox.world.addProject({ slug: 'web', id: 101 });
  });
  afterEach(() => sandbox.close());
  let release: () => void = () => undefined;

  it('are off, without headers', async () => {
    assert.equal((await table(sandbox, COUNT)).headers.get('x-sentry-rate-limit-limit'), null);
  });

  it('count requests in fixed windows of the sandbox clock', async () => {
    sandbox.world.limit({ endpoint: 'events-table', limit: { requests: 2, windowSeconds: 60, concurrent: 5 } });
    const first = await table(sandbox, COUNT);
    assert.equal(first.headers.get('x-sentry-rate-limit-remaining'), '1');
    assert.equal(first.headers.get('x-sentry-rate-limit-reset'), String(NOW / 1000 + 60));
    assert.equal((await table(sandbox, COUNT)).status, 200);
    const third = await table(sandbox, COUNT);
    assert.deepEqual(
      [third.status, third.body.detail],
      [429, 'You are attempting to use this endpoint too frequently. Limit is 2 requests in 60 seconds'],
    );
    assert.equal((await sentry(sandbox, 'organizations/acme/projects/')).status, 200);
    sandbox.world.clock.set(NOW + 60_000);
    assert.equal((await table(sandbox, COUNT)).status, 200);
    sandbox.world.limit('saas');
    assert.equal((await table(sandbox, COUNT)).headers.get('x-sentry-rate-limit-limit'), '30');
  });

  it('count requests at the same time', async () => {
    sandbox.world.limit({ endpoint: 'events-table', limit: { requests: 99, windowSeconds: 60, concurrent: 1 } });
    sandbox.world.faults.add({ vendor: 'sentry', kind: 'slow' });
    const first = table(sandbox, COUNT);
    while (sandbox.world.requests.all().length === 0)
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    const second = await table(sandbox, COUNT);
    assert.deepEqual(
      [second.status, second.body.detail],
      [429, 'You are attempting to go above the allowed concurrency for this endpoint. Concurrency limit is 1'],
    );
    release();
    assert.equal((await first).status, 200);
    assert.equal((await table(sandbox, COUNT)).status, 200);
    assert.equal(sandbox.world.requests.maxInFlight().sentry, 2);
  });
});
