import assert from 'node:assert/strict';
import { counted, ownSeries, seriesIn } from '../../support/pages/prometheus-text.ts';
import { metricsOf } from './metrics-page.ts';

describe('the metrics', () => {
  it('are all there before the first run: what is counted with 0, what is not known without a value', async () => {
    const metrics = await metricsOf(2);
    const own = ownSeries(await metrics.text());
    const names = [
      ...new Set(Object.keys(own).map((name) => name.replace(/\{.*| .*/, '').replace(/_(bucket|sum|count)$/, ''))),
    ];
    assert.deepEqual(names.toSorted(), [
      'corrections_total',
      'filter_faults',
      'filters_loaded_timestamp_seconds',
      'gaps_total',
      'items_total',
      'limit_wait_seconds_total',
      'requests_total',
      'retries_total',
      'run_duration_seconds',
      'runs_total',
    ]);
    assert.deepEqual(
      Object.entries(own).filter(([, value]) => value !== 0),
      [['filter_faults', 2]],
    );
    const has = (name: string, label: string): readonly string[] =>
      Object.keys(own)
        .filter((it) => it.startsWith(`${name}{`))
        .map((it) => new RegExp(`${label}="([^"]*)"`).exec(it)![1]!)
        .toSorted();
    assert.deepEqual(has('runs_total', 'outcome'), ['failed', 'ok', 'partial']);
    assert.deepEqual(has('run_duration_seconds_count', 'outcome'), ['failed', 'ok', 'partial']);
    assert.deepEqual(has('items_total', 'outcome'), ['accepted', 'failed', 'refused', 'uncertain']);
    assert.deepEqual(has('retries_total', 'vendor'), ['anodot', 'sentry']);
    assert.deepEqual(has('gaps_total', 'reason'), [
      'environment_not_found',
      'intake_behind',
      'no_date',
      'not_answered',
      'not_known',
      'not_supported',
      'page_limit',
      'pages_broken',
      'pages_shifted',
      'project_forbidden',
      'project_not_found',
      'row_limit',
      'rows_differ',
      'source_silent',
      'state_read_later',
      'terms_unread',
    ]);
    const text = await metrics.text();
    for (const name of ['last_success_timestamp_seconds', 'clock_skew_seconds', 'windows_behind'])
      assert.match(text, new RegExp(`^# TYPE sentry_monitor_${name} gauge$`, 'm'));
  });

  it('say whether the shared ledger is up each time that they are asked, and nothing without one', async () => {
    const metrics = await metricsOf();
    const upIn = async (): Promise<unknown> => ownSeries(await metrics.text())['ledger_up'];
    assert.equal(await upIn(), undefined);
    let isUp = false;
    metrics.know({ vendors: [], sinks: [], log: metrics.log, isLedgerUp: async () => isUp });
    assert.equal(await upIn(), 0);
    isUp = true;
    assert.equal(await upIn(), 1);
  });

  it('have those of node and the process, without the three that promtool refuses', async () => {
    const all = [...seriesIn(await (await metricsOf()).text()).keys()];
    for (const name of [
      'process_cpu_seconds_total',
      'process_resident_memory_bytes',
      'process_start_time_seconds',
      'nodejs_eventloop_lag_p99_seconds',
    ])
      assert.ok(all.includes(name), name);
    assert.deepEqual(
      all.filter((name) => /^nodejs_active_\w+_total/.test(name)),
      [],
    );
  });

  it('of two apps have nothing to do with each other', async () => {
    const [one, other] = [await metricsOf(), await metricsOf()];
    await one.end();
    assert.equal(ownSeries(await one.text())['runs_total{outcome="ok"}'], 1);
    assert.equal(ownSeries(await other.text())['runs_total{outcome="ok"}'], 0);
  });

  it('tell of runs: outcome, time, clock', async () => {
    const metrics = await metricsOf();
    await metrics.end();
    await metrics.end({ durationMs: 2500 });
    await metrics.end({ outcome: 'partial', durationMs: 121_000, clockSkewMs: 700 });
    assert.deepEqual(counted(await metrics.text()), {
      'runs_total{outcome="ok"}': 2,
      'runs_total{outcome="partial"}': 1,
      last_success_timestamp_seconds: 1795169250,
      clock_skew_seconds: 0.7,
      'run_duration_seconds_sum{outcome="ok"}': 3.14,
      'run_duration_seconds_count{outcome="ok"}': 2,
      'run_duration_seconds_sum{outcome="partial"}': 121,
      'run_duration_seconds_count{outcome="partial"}': 1,
    });
    const own = ownSeries(await metrics.text());
    const buckets = ['0.5', '1', '2.5', '+Inf'].map(
      (le) => own[`run_duration_seconds_bucket{le="${le}",outcome="ok"}`],
    );
    assert.deepEqual(buckets, [0, 1, 2, 2]);
  });

  it('call no partial or failed run a success', async () => {
    const metrics = await metricsOf();
    await metrics.end({ outcome: 'partial' });
    await metrics.end({ outcome: 'failed' });
    assert.ok(!('last_success_timestamp_seconds' in ownSeries(await metrics.text())));
  });

  it('show no old clock when it is not known any more', async () => {
    const metrics = await metricsOf();
    await metrics.end({ clockSkewMs: 700 });
    await metrics.end({ clockSkewMs: null });
    assert.ok(!('clock_skew_seconds' in ownSeries(await metrics.text())));
  });

  it('tell of requests, each try, and of waits', async () => {
    const metrics = await metricsOf();
    const { tried, waited } = metrics.http;
    tried('sentry', 200, false);
    tried('sentry', 429, false);
    tried('sentry', 200, true);
    tried('anodot', null, false);
    tried('anodot', null, true);
    waited('sentry', 1500);
    waited('sentry', -3); // a clock that was set back
    assert.deepEqual(counted(await metrics.text()), {
      'requests_total{vendor="sentry",status="200"}': 2,
      'requests_total{vendor="sentry",status="429"}': 1,
      'requests_total{vendor="anodot",status="none"}': 2,
      'retries_total{vendor="sentry"}': 1,
      'retries_total{vendor="anodot"}': 1,
      'limit_wait_seconds_total{vendor="sentry"}': 1.5,
    });
  });

  it('count what a part of an instance asks with the instance', async () => {
    const metrics = await metricsOf();
    metrics.http.tried('sentry-pages', 429, true);
    metrics.http.waited('sentry-pages', 1000);
    assert.deepEqual(counted(await metrics.text()), {
      'requests_total{vendor="sentry",status="429"}': 1,
      'retries_total{vendor="sentry"}': 1,
      'limit_wait_seconds_total{vendor="sentry"}': 1,
    });
  });

  it('tell of records by what became of them', async () => {
    const metrics = await metricsOf();
    const fault = { message: 'down', retryable: true };
    const key = { reportId: 'a', revision: 0, sink: 'anodot' };
    metrics.listener.delivered!(key, [
      { status: 'accepted' },
      { status: 'accepted' },
      { status: 'refused', why: 'x' },
      { status: 'failed', fault },
      { status: 'uncertain', fault },
    ]);
    metrics.listener.delivered!(key, [{ status: 'accepted' }]);
    assert.deepEqual(counted(await metrics.text()), {
      'items_total{sink="anodot",outcome="accepted"}': 3,
      'items_total{sink="anodot",outcome="refused"}': 1,
      'items_total{sink="anodot",outcome="failed"}': 1,
      'items_total{sink="anodot",outcome="uncertain"}': 1,
    });
  });

  it('tell of corrections: deliveries of a later revision of which something arrived', async () => {
    const metrics = await metricsOf();
    const key = { reportId: 'a', revision: 2, sink: 'anodot' };
    metrics.listener.delivered!(key, [{ status: 'accepted' }, { status: 'accepted' }]);
    metrics.listener.delivered!(key, [{ status: 'refused', why: 'x' }]);
    metrics.listener.delivered!(key, []);
    assert.equal(counted(await metrics.text())['corrections_total{sink="anodot"}'], 1);
  });

  it('tell how many windows are behind, where that is known', async () => {
    const metrics = await metricsOf();
    const behind = async (given: object): Promise<number | undefined> => {
      await metrics.end(given);
      return ownSeries(await metrics.text())['windows_behind'];
    };
    assert.deepEqual(
      [await behind({ behind: 7 }), await behind({ behind: 0 }), await behind({ behind: null }), await behind({})],
      [7, 0, undefined, undefined],
    );
  });

  it('never break what they count, and the log says that they did', async () => {
    const metrics = await metricsOf();
    metrics.listener.delivered!({ reportId: 'a', revision: 0, sink: 'anodot' }, [
      { status: 'accepted' },
      null as never,
    ]);
    metrics.http.waited('sentry', NaN);
    assert.deepEqual(metrics.log.texts().slice(0, 1), ['a metric could not be counted']);
  });
});
