import assert from 'node:assert/strict';
import { eventsOf } from '../support/apm/collector.ts';
import { assertNone, assertNoSecrets, SECRETS } from '../support/apm/service.ts';
import { echoesOf } from '../support/secrets/encodings.ts';
import { postRun } from '../support/e2e/service.ts';
import { STOP_LIMIT_MS, apmStage } from './agent-processes.ts';

describe("the service's own APM, with real processes", () => {
  const stage = apmStage();

  it('a run is a transaction with attributes; SIGTERM sends it; no secret and no trace header leaves', async () => {
    const service = await stage.start({ NEW_RELIC_APP_NAME: 'crm monitor' });
    await stage.connected();
    const run = await postRun(service.url);
    await fetch(`${service.url}/healthz`, { headers: { connection: 'close' } });
    const odd = await postRun(service.url, `?token=${encodeURIComponent(SECRETS.anodot)}`, {
      headers: { referer: `http://x/${SECRETS.sentry}` },
    });
    assert.deepEqual([run.status, odd.status], [200, 400], run.text);
    const { code, ms } = await service.stop();

    assert.equal(code, 0, service.err());
    assert.ok(ms < STOP_LIMIT_MS, `${ms} ms`);
    assert.equal(stage.collector.of('shutdown').length, 1);
    const { body } = run;
    assert.deepEqual(
      eventsOf(stage.collector, 'analytic_event_data').map(({ own, ours }) => ({ name: own['name'], ...ours })),
      [
        {
          name: 'OtherTransaction/sentry-monitor/run',
          outcome: 'ok',
          httpStatus: 200,
          filters: 2,
          failed: 0,
          incomplete: body.incomplete,
          sourceRequests: body.sentryRequests,
          durationMs: body.durationMs,
          windowStart: Date.parse(body.window.start),
          debug: false,
          server: body.server,
          runId: body.run,
        },
      ],
    );
    assert.deepEqual(eventsOf(stage.collector, 'error_event_data'), []);
    const [{ app_name: names, settings }] = stage.collector.of('connect')[0]!.json as [
      { app_name: string[]; settings: Record<string, unknown> },
    ];
    assert.deepEqual(names, ['crm monitor']);
    const probes = Object.keys(settings).filter(
      (name) => name.startsWith('utilization.detect_') && settings[name] === true,
    );
    assert.deepEqual(probes, ['utilization.detect_kubernetes'], 'which only reads the environment');
    const [trace] = stage.collector.of('transaction_sample_data');
    assert.match(
      trace!.texts.join('\n'),
      /External\/127\.0\.0\.1:\d+\/api\/v1\/metrics/,
      'a trace with the request to Anodot',
    );
    assert.deepEqual(
      [stage.collector.of('span_event_data').length, stage.collector.of('log_event_data').length],
      [0, 0],
    );
    assertNoSecrets(stage.collector);
    const said = service
      .err()
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as { name: string; level: number });
    assert.ok(
      said.every(({ name, level }) => name === 'newrelic' && level === 40),
      `only the agent's warnings: ${service.err()}`,
    );
    assertNone(service.out() + service.err(), Object.values(SECRETS), 'output');
    assert.ok(
      stage.wiretap.heard.some(({ path }) => path.startsWith('/api/v1/metrics')) &&
        stage.wiretap.heard.some(({ path }) => path.startsWith('/api/0/')),
    );
    for (const { path, headers } of stage.wiretap.heard)
      assert.deepEqual(
        Object.keys(headers).filter((name) => /^(traceparent|tracestate|newrelic|x-newrelic)/.test(name)),
        [],
        path,
      );
  });

  it('errors arrive for a sink that fails and filters that cannot be read, in our words, masked', async () => {
    const service = await stage.start();
    await stage.connected();
    await stage.sandbox.command('faults', {
      vendor: 'anodot',
      kind: 'status',
      status: 400,
      body: `{"errors":["no such token ${SECRETS.anodot}"]}`,
      times: 0,
    });
    const half = await postRun(service.url);
    await stage.sandbox.command('faults', {
      vendor: 'sentry',
      kind: 'status',
      status: 401,
      body: `{"detail":"bad token ${SECRETS.sentry}"}`,
      times: 0,
    });
    const none = await postRun(service.url, '?debug=true');
    await stage.sandbox.command('reset', {});
    assert.deepEqual([half.status, none.status], [502, 503], half.text);
    assert.deepEqual((await service.stop()).code, 0);

    assert.deepEqual(
      eventsOf(stage.collector, 'analytic_event_data').map(({ ours, own }) => [
        own['name'],
        own['error'],
        ours['debug'],
        ours['outcome'],
        ours['httpStatus'],
        ours['failed'],
      ]),
      [
        ['OtherTransaction/sentry-monitor/run', true, false, 'partial', 502, 2],
        ['OtherTransaction/sentry-monitor/debug run', true, true, 'failed', 503, 2],
      ],
    );
    const errors = eventsOf(stage.collector, 'error_event_data').map(({ own, ours }) => [
      own['error.class'],
      ours['sink'],
      ours['count'],
      ours['filters'],
      ours['runId'],
    ]);
    assert.deepEqual(errors, [
      ['SinkFailed', 'anodot', 2, 'shop,background', half.body.run],
      ['FilterNotRead', undefined, 2, 'shop,background', none.body.run],
    ]);
    const [sink, filter] = eventsOf(stage.collector, 'error_event_data').map(({ own }) => String(own['error.message']));
    assert.match(sink!, /^anodot: .*\*\*\*/);
    assert.match(filter!, /^sentry: /);
    assert.ok(stage.collector.of('error_data').length > 0);
    assertNoSecrets(stage.collector);
  });

  it('with spans wanted, a list of exclusions of their own and the key from a file: still no secret, not in the trace log either', async () => {
    const service = await stage.start(
      {
        NEW_RELIC_DISTRIBUTED_TRACING_ENABLED: 'true',
        NEW_RELIC_ATTRIBUTES_EXCLUDE: 'request.method',
        NEW_RELIC_ATTRIBUTES_INCLUDE: 'request.parameters.token',
        NEW_RELIC_LOG_LEVEL: 'trace',
        NEW_RELIC_LICENSE_KEY: undefined,
        NEW_RELIC_LICENSE_KEY_FILE: '{folder}/key',
        NEW_RELIC_NO_CONFIG_FILE: 'true',
        NEW_RELIC_HOME: '/nowhere',
      },
      { key: `${SECRETS.newrelic}\n` },
    );
    await stage.connected();
    const { status, text } = await postRun(service.url);
    assert.equal(status, 200, text);
    assert.equal((await service.stop()).code, 0);

    const spans = eventsOf(stage.collector, 'span_event_data');
    assert.ok(
      spans.some(({ found }) => String(found['http.url']).endsWith('/api/v1/metrics')),
      'a span of the request to Anodot',
    );
    assertNoSecrets(stage.collector);
    assertNone(service.out() + service.err(), [SECRETS.anodot, SECRETS.sentry], 'output');
  });

  it('with spans of requests that fail in every way, and words thrown back: no secret', async () => {
    const service = await stage.start({
      NEW_RELIC_DISTRIBUTED_TRACING_ENABLED: 'true',
      NEW_RELIC_DISTRIBUTED_TRACING_SAMPLER_ROOT: 'always_on',
      RUN_DEADLINE_SECONDS: '1',
    });
    await stage.connected();
    const thrown = Object.values(SECRETS).flatMap(echoesOf).join(' ');
    const location = `http://me:${encodeURIComponent(SECRETS.anodot)}@elsewhere.example.com/?token=${encodeURIComponent(SECRETS.anodot)}`;
    const end = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;
    const statuses: number[] = [];
    const echo = { kind: 'status', body: thrown, headers: { location } };
    const faults: readonly (readonly [string, object])[] = [
      ...['anodot', 'newrelic', 'sentry'].flatMap((vendor) =>
        [
          { ...echo, status: 400 },
          { ...echo, status: 401 },
          { kind: 'html', body: thrown },
          { kind: 'redirect', location },
        ].map((fault): [string, object] => [vendor, fault]),
      ),
      // The last two take as long as a run may.
      ...[
        { kind: 'cut' },
        { kind: 'cut-body' },
        { kind: 'stored-no-answer' },
        { kind: 'partial-refusal', indices: [0], code: 2009, description: thrown },
        { kind: 'hang' },
      ].map((fault): [string, object] => ['anodot', fault]),
      ['sentry', { kind: 'cut' }],
    ];
    for (const [vendor, fault] of faults) {
      await stage.sandbox.command('faults', { ...fault, vendor, times: 0 });
      statuses.push(
        (await postRun(service.url, `?end=${new Date(end - 300_000 * statuses.length).toISOString()}`)).status,
      );
      await stage.sandbox.heal();
    }
    assert.equal((await service.stop()).code, 0);

    const { requests } = await stage.sandbox.requests();
    for (const [vendor, fault] of faults)
      assert.ok(
        requests.some((it) => it.vendor === vendor && it.fault === (fault as { kind: string }).kind),
        `${vendor} ${JSON.stringify(fault).slice(0, 40)}`,
      );
    assert.ok(statuses.every((status) => status >= 500) && statuses.includes(504), statuses.join());
    const spans = eventsOf(stage.collector, 'span_event_data').map(({ found }) => found);
    for (const [path, status] of [
      ['/api/v1/metrics', 400],
      ['/api/v1/metrics', 302],
      ['/v1/accounts/1234567/events', 401],
      ['/api/0/organizations/acme/events', 401],
      ['/api/0/organizations/acme/events', 302],
    ] as const) {
      assert.ok(
        spans.some((it) => String(it['http.url']).endsWith(path) && it['http.statusCode'] === status),
        `a span of ${path} ${status}`,
      );
    }
    const messages = spans.map((it) => String(it['error.message']));
    for (const words of [
      'anodot: answered 400: ***',
      'sentry: answered 401: ***',
      'anodot: the connection broke (ECONNRESET)',
      'anodot: no answer before the run ended',
    ])
      assert.ok(
        messages.some((message) => message.startsWith(words)),
        words,
      );
    assertNoSecrets(stage.collector);
    assertNone(service.out() + service.err(), Object.values(SECRETS), 'output');
  });
});
