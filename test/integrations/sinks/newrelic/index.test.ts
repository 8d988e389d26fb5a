import assert from 'node:assert/strict';
import type { Sink } from '../../../../src/core/ports/sink.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { newrelic } from '../../../../src/integrations/sinks/newrelic/index.ts';
import { sinkContract } from '../../../contract/sink.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { mock } from '../../../support/build/http-mock.ts';
import { reportOf } from '../../../support/build/reports.ts';
import { scopeOf } from '../../../support/build/scope.ts';

const KEY = '0123456789abcdef0123456789abcdef01234567';
const ENV = { NEW_RELIC_ACCOUNT_ID: '1234567', NEW_RELIC_LICENSE_KEY: KEY };
const EVENTS = 'https://insights-collector.newrelic.com/v1/accounts/1234567/events';
const METRICS = 'https://metric-api.newrelic.com/metric/v1';
const UUID = '7b0f1c9e-7f0d-4f0e-9d1a-3a3b1f6f2c11';

function create(deps: Deps, env: Record<string, string> = {}): Sink {
  return newrelic.read({ ...ENV, ...env }).create(deps, 'newrelic').part;
}

describe('the New Relic sink', () => {
  sinkContract({
    create,
    name: 'newrelic',
    repeatSafe: true,
    secrets: [KEY],
    endpoints: [
      {
        name: 'the Event API',
        lane: 'events',
        request: { url: EVENTS, headers: { 'api-key': KEY } },
        accepted: () => ({ status: 200, body: { success: true, uuid: UUID } }),
        ref: UUID,
        bodiesIn: (body) => body,
      },
      {
        name: 'the Metric API',
        lane: 'metrics',
        request: { url: METRICS, headers: { 'api-key': KEY } },
        accepted: () => ({ status: 202, body: { requestId: 'f0e7bfff-001a-b000-0000-01682bcf4565' } }),
        ref: 'f0e7bfff-001a-b000-0000-01682bcf4565',
        bodiesIn: (body) => (body as [{ metrics: unknown }])[0].metrics,
      },
    ],
  });

  it('has its key as the only secret, and the limits of the vendor', () => {
    const configured = newrelic.read(ENV);
    const { part } = configured.create(depsOf(), 'newrelic');
    assert.deepEqual(configured.secrets, [KEY]);
    assert.deepEqual(
      [part.limits.items <= 1000, part.limits.bytes < 1_000_000, part.maxAgeMs],
      [true, true, 86_400_000],
    );
  });

  for (const [region, events, metrics] of [
    ['us', 'https://insights-collector.newrelic.com', 'https://metric-api.newrelic.com'],
    ['eu', 'https://insights-collector.eu01.nr-data.net', 'https://metric-api.eu.newrelic.com'],
    ['jp', 'https://insights-collector.jp.nr-data.net', 'https://metric-api.jp.newrelic.com'],
    ['gov', 'https://gov-insights-collector.newrelic.com', 'https://gov-metric-api.newrelic.com'],
  ] as const) {
    it(`posts to the hosts of ${region}`, () => expectHosts({ NEW_RELIC_REGION: region }, events, metrics));
  }

  it('posts to the hosts of the settings, which win over the region and may have a path', () =>
    expectHosts(
      {
        NEW_RELIC_REGION: 'eu',
        NEW_RELIC_EVENT_URL: 'http://127.0.0.2:9/nr/',
        NEW_RELIC_METRIC_URL: 'https://proxy.example/m',
      },
      'http://127.0.0.2:9/nr',
      'https://proxy.example/m',
    ));

  it('refuses half of its settings, and names the rest', () => {
    assert.throws(
      () => newrelic.read({ NEW_RELIC_ACCOUNT_ID: '12a', NEW_RELIC_REGION: 'mars' }),
      (error: Error) => {
        assert.deepEqual(
          error.message.split('\n').map((line) => line.split(':')[0]),
          ['NEW_RELIC_ACCOUNT_ID', 'NEW_RELIC_LICENSE_KEY', 'NEW_RELIC_REGION'],
        );
        return true;
      },
    );
  });

  it('sends compressed JSON, with a request id that stays over the tries and is new for other items', async () => {
    const sink = create(depsOf());
    const items = sink.encode(reportOf()).filter(({ lane }) => lane === 'events');
    const calls = mock(
      { method: 'POST', url: EVENTS, headers: { 'content-type': 'application/json', 'content-encoding': 'gzip' } },
      { status: 503 },
      'cut',
      { body: { success: true, uuid: UUID } },
      { body: { success: true, uuid: UUID } },
    );
    await sink.send(items, scopeOf());
    await sink.send(items.slice(1), scopeOf());
    const ids = calls.map(({ headers }) => headers['x-request-id']!);
    assert.match(ids[0]!, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    assert.deepEqual([ids[1] === ids[0], ids[2] === ids[0], ids[3] === ids[0]], [true, true, false]);
    assert.deepEqual(
      calls.map(({ headers }) => headers['api-key']),
      [KEY, KEY, KEY, KEY],
    );
  });

  it('takes only the documented status of each address for a success', async () => {
    const sink = create(depsOf());
    const [event, metric] = ['events', 'metrics'].map((lane) =>
      sink.encode(reportOf()).find((item) => item.lane === lane)!,
    );
    mock({ method: 'POST', url: EVENTS }, { status: 202, body: { success: true, uuid: UUID } });
    mock({ method: 'POST', url: METRICS }, { status: 200, body: { requestId: 'r' } });
    assert.deepEqual(
      [(await sink.send([event!], scopeOf()))[0]?.status, (await sink.send([metric!], scopeOf()))[0]?.status],
      ['uncertain', 'uncertain'],
    );
  });

  it('says of an answer that is not documented what to check', async () => {
    mock({ method: 'POST', url: EVENTS }, { status: 200, body: '<html>' });
    const sink = create(depsOf());
    const [outcome] = await sink.send(sink.encode(reportOf()).slice(0, 1), scopeOf());
    assert.deepEqual(outcome, {
      status: 'uncertain',
      fault: {
        message:
          'newrelic: answered 200 with something it does not document; check NEW_RELIC_REGION and what stands between',
        retryable: true,
      },
    });
  });
});

async function expectHosts(env: Record<string, string>, events: string, metrics: string): Promise<void> {
  const sink = create(depsOf(), env);
  const items = sink.encode(reportOf());
  const event = items.filter(({ lane }) => lane === 'events').slice(0, 1);
  const metric = items.filter(({ lane }) => lane === 'metrics').slice(0, 1);
  mock(
    { method: 'POST', url: `${events}/v1/accounts/1234567/events`, body: event.map(({ body }) => body) },
    { body: { success: true, uuid: UUID } },
  );
  mock(
    { method: 'POST', url: `${metrics}/metric/v1`, body: [{ metrics: metric.map(({ body }) => body) }] },
    { status: 202, body: { requestId: 'r-1' } },
  );
  assert.deepEqual(await sink.send(event, scopeOf()), [{ status: 'accepted', ref: UUID }]);
  assert.deepEqual(await sink.send(metric, scopeOf()), [{ status: 'accepted', ref: 'r-1' }]);
}
