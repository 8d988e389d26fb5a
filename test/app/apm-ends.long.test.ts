import assert from 'node:assert/strict';
import { STOP_MS } from '../../src/app/apm.ts';
import { assertNone, assertNoSecrets, SECRETS } from '../support/apm/service.ts';
import { postRun } from '../support/e2e/service.ts';
import { STOP_LIMIT_MS, apmStage } from './agent-processes.ts';

describe("the service's own APM when something ends", () => {
  const stage = apmStage();

  it('a crash tells the agent nothing', async () => {
    const service = await stage.start({
      NODE_OPTIONS: `-r ${import.meta.dirname}/../support/secrets/crash.cjs`,
      BREAK: 'callback',
      BREAK_AFTER: '/api/v1/metrics',
      BREAK_WITH: 'SENTRY_AUTH_TOKEN,ANODOT_TOKEN,NEW_RELIC_LICENSE_KEY',
    });
    await stage.connected();
    await assert.rejects(postRun(service.url));
    assert.deepEqual(await service.end(), { code: 1, signal: null });

    const { msg, error } = service.log().at(-1)!;
    assert.equal(msg, 'crashed');
    assert.match(String(error), /^TypeError: broke on \*\*\* and \*\*\* and \*\*\*\n/);
    assertNoSecrets(stage.collector);
    assertNone(service.out() + service.err(), Object.values(SECRETS), 'output');
  });

  it('a collector that stops answering holds up neither runs nor the end', async () => {
    const service = await stage.start();
    await stage.connected();
    for (const method of ['analytic_event_data', 'metric_data', 'shutdown']) stage.collector.mute.add(method);
    assert.equal((await postRun(service.url)).status, 200);
    const { code, ms } = await service.stop();

    assert.equal(code, 0);
    assert.ok(ms >= STOP_MS && ms < STOP_LIMIT_MS, `${ms} ms`);
    assert.ok(stage.collector.of('analytic_event_data').length > 0);
  });

  it('with nobody at the host: runs, and ends in time', async () => {
    await stage.collector.close();
    const service = await stage.start();
    assert.equal((await postRun(service.url)).status, 200);
    const { code, ms } = await service.stop();

    assert.equal(code, 0);
    assert.ok(ms < STOP_LIMIT_MS, `${ms} ms`);
    assert.match(service.err(), /ECONNREFUSED/, 'the agent complains on stderr');
    assertNone(service.out() + service.err(), Object.values(SECRETS), 'output');
  });

  it('without a key: says so once, runs, and ends at once', async () => {
    const service = await stage.start({ NEW_RELIC_LICENSE_KEY: undefined, NEW_RELIC_ACCOUNT_ID: undefined });
    assert.equal((await postRun(service.url)).status, 200);
    const { code, ms } = await service.stop();

    assert.equal(code, 0);
    assert.ok(ms < STOP_MS, `${ms} ms`);
    assert.deepEqual(
      service
        .log()
        .filter(({ msg }) => msg === 'no APM')
        .map(({ why }) => why),
      ['NEW_RELIC_LICENSE_KEY is not set; set it, or NEW_RELIC_ENABLED=false'],
    );
    assert.equal(service.err(), '');
    assert.deepEqual(stage.collector.reports, []);
  });

  for (const wanted of [undefined, 'false', 'off']) {
    it(`NEW_RELIC_ENABLED ${wanted ?? 'not set'}: no word of it, no agent`, async () => {
      const service = await stage.start({ NEW_RELIC_ENABLED: wanted, NODE_DEBUG: 'module' });
      assert.equal((await postRun(service.url)).status, 200);
      const { code, ms } = await service.stop();

      assert.equal(code, 0);
      assert.ok(ms < STOP_MS, `${ms} ms`);
      assert.match(service.err(), /apm\.cjs/, 'modules are listed');
      assert.doesNotMatch(service.err(), /newrelic/);
      assert.ok(!service.log().some(({ msg }) => msg === 'no APM'));
      assert.deepEqual(stage.collector.reports, []);
    });
  }

  it('settings that are wrong end the start at once, although the agent waits for its host', async () => {
    stage.collector.mute.add('preconnect');
    await assert.rejects(
      stage.start({ SENTRY_ORG: undefined, SETTLE_SECONDS: '2m' }),
      /sentry-monitor cannot start:\n.*SETTLE_SECONDS/,
    );
  });
});
