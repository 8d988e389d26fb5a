import assert from 'node:assert/strict';
import type { Sandbox } from '../../../sandbox/index.ts';
import { ask, box, NOW, post, postEvents, postMetrics, postSamples, TEN } from '../support.ts';

describe('the sandbox: what arrived, added up', () => {
  let sandbox: Sandbox;
  beforeEach(async () => {
    sandbox = await box();
    const of = { eventType: 'SentryMonitoring', filter: 'shop', timestamp: TEN };
    await postEvents(sandbox, [
      { ...of, type: 'event_count', project: 'web', value: 7 },
      { ...of, type: 'event_count', project: 'api', value: 2 },
      { ...of, type: 'sentry_issue', project: 'web', count: 4 },
      { ...of, type: 'sentry_issue', project: 'web', count: 3 },
      { ...of, type: 'event_count', project: 'web', value: 1, timestamp: TEN - 300_000 },
      { eventType: 'SentryMonitorRun', filters: 1 },
      { ...of, eventType: 'Metric' },
    ]);
    await postMetrics(sandbox, [
      {
        metrics: [
          {
            name: 'sentry.events',
            type: 'gauge',
            value: 7,
            timestamp: TEN,
            attributes: { project: 'web', filter: 'shop' },
          },
        ],
      },
    ]);
    await postSamples(sandbox, [
      {
        properties: { what: 'sentry_events', project: 'web', filter: 'shop', target_type: 'counter' },
        timestamp: TEN / 1000,
        value: 7,
      },
    ]);
  });
  afterEach(() => sandbox.close());

  it('is grouped by kind, filter, project and time', async () => {
    const { status, body } = await ask(`${sandbox.url}/sandbox/tally`);
    assert.equal(status, 200);
    const line = (it: Record<string, unknown>): string =>
      [
        it['sink'],
        it['what'],
        it['filter'],
        it['project'],
        (Number(it['timestamp']) - TEN) / 1000,
        it['records'],
        it['value'],
        it['count'],
        it['lastAt'] === NOW,
      ].join(' ');
    assert.deepEqual(
      { ...body, arrived: body.arrived.map(line) },
      {
        dropped: 1,
        refused: 0,
        arrived: [
          'newrelic event_count shop web 0 1 7 0 true',
          'newrelic event_count shop api 0 1 2 0 true',
          'newrelic sentry_issue shop web 0 2 0 7 true',
          'newrelic event_count shop web -300 1 1 0 true',
          'newrelic SentryMonitorRun   420 1 0 0 true',
          'newrelic sentry.events shop web 0 1 7 0 true',
          'anodot sentry_events shop web 0 1 7 0 true',
        ],
      },
    );
  });

  it('has a line for each group, for who reads it in a terminal', async () => {
    const text = await (await fetch(`${sandbox.url}/sandbox/tally`)).text();
    assert.deepEqual(text.match(/^.*"sink"/gm)?.length, 7);
    assert.match(text, /"dropped":1,"refused":0\}\n$/);
  });

  it('and forgotten when told so, with the requests; what Sentry holds stays', async () => {
    sandbox.world.addProject({ slug: 'web' });
    assert.equal((await post(`${sandbox.url}/sandbox/forget`, {})).status, 200);
    assert.deepEqual((await ask(`${sandbox.url}/sandbox/tally`)).body, { arrived: [], dropped: 0, refused: 0 });
    assert.deepEqual((await ask(`${sandbox.url}/sandbox/requests`)).body.requests, []);
    assert.equal(sandbox.world.projects().length, 1);
  });
});
