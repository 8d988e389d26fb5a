import assert from 'node:assert/strict';
import { assemble } from '../../src/app/assemble.ts';
import type { RunSummary } from '../../src/core/model/results.ts';
import { mock } from '../support/build/http-mock.ts';
import { overOf, PLAIN } from '../support/build/listeners.ts';
import { WINDOW } from '../support/build/reports.ts';
import { createClock, gate } from '../support/time/clock.ts';
import { until } from '../support/time/until.ts';
import { API, details, issue, issueRows, projects, rows, sum, totalRows, totals } from '../support/sentry/sentry.ts';
import { worldOf } from './fake-world.ts';

const EVENTS = 'https://insights-collector.newrelic.com/v1/accounts/1/events';
const SUMMARY: RunSummary = {
  outcome: 'ok',
  runId: 'run-1',
  window: WINDOW,
  durationMs: 1,
  filters: 1,
  failed: 0,
  incomplete: 0,
  faults: 0,
  sourceRequests: 1,
  corrections: 0,
  sinks: [],
  clockSkewMs: null,
  behind: null,
  alertsFiring: null,
  messagesFailed: null,
  server: 's',
  version: 'v',
};

describe('the parts together', () => {
  it('read, send and remember: one post to each sink, and a debug run that sends nothing', async () => {
    const { world, lines } = worldOf({ LOG_LEVEL: 'info' });
    const { runner, filters } = assemble(world);
    projects();
    totals({}, totalRows([11, 1, 1]), totalRows([11, 1, 1]));
    totals({ query: 'message:"x"' }, totalRows(), totalRows());
    rows({}, issueRows([1, 11, 1, 1]), issueRows([1, 11, 1, 1]));
    rows({ query: 'message:"x"' }, issueRows(), issueRows());
    // A filter with terms that counts nothing: do stars find more? Once an hour.
    sum({ query: 'message:"*x*" !message:"\u017f" !message:"\u212a"' }, 0);
    details(['1'], ['11'], { body: [issue('1')] });
    const events = mock({ method: 'POST', url: EVENTS }, { body: { success: true, uuid: 'u' } });
    const metrics = mock(
      { method: 'POST', url: 'https://metric-api.newrelic.com/metric/v1' },
      { status: 202, body: { requestId: 'r' } },
    );
    const anodot = mock(
      {
        method: 'POST',
        url: 'https://app.anodot.com/api/v1/metrics',
        query: [
          ['token', 'anodot-0123456789'],
          ['protocol', 'anodot20'],
        ],
      },
      { body: { errors: [] } },
    );
    const order = { filters: filters.filters, window: WINDOW, windowGiven: false };
    const debug = await runner.run({ ...order, kind: 'debug' }, 'run-1');
    assert.deepEqual([events.length, metrics.length, anodot.length], [0, 0, 0]);
    const real = await runner.run({ ...order, kind: 'repair' }, 'run-2');
    const shown = debug.reports
      .flatMap(({ sinks }) => Object.values(sinks))
      .flatMap((receipt) => (receipt.status === 'skipped' ? receipt.items.map(({ body }) => body) : []));
    const sent = [
      ...(events[0]!.body as object[]),
      ...(metrics[0]!.body as [{ metrics: object[] }])[0].metrics,
      ...(anodot[0]!.body as object[]),
    ];
    const sorted = (all: readonly object[]): string[] => all.map((it) => JSON.stringify(it)).toSorted();
    assert.deepEqual(sorted(sent), sorted(shown));
    assert.deepEqual(
      real.reports.map(({ sinks }) => Object.entries(sinks).map(([name, { status }]) => [name, status])),
      [
        [
          ['anodot', 'sent'],
          ['newrelic', 'sent'],
        ],
        [['anodot', 'sent']],
      ],
    );
    const again = await runner.run({ ...order, kind: 'repair' }, 'run-3');
    assert.deepEqual(
      again.reports.map(({ sinks }) => Object.values(sinks).map(({ status }) => status)),
      [['sent before', 'sent before'], ['sent before']],
    );
    for (const line of lines) assert.match(line, /"run":"run-[123]"/);
  });

  it('tell New Relic of a run, and log an observer that broke', async () => {
    const { world, lines } = worldOf();
    const { listeners } = assemble(world);
    mock({ method: 'POST', url: EVENTS }, { body: { success: true, uuid: 'u-7' } });
    await listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
    assert.ok(
      lines.some((line) => line.includes('run event sent') && line.includes('"run":"run-1"') && line.includes('u-7')),
    );
    const broken = worldOf();
    await assemble({
      ...broken.world,
      uuid: () => {
        throw new Error('no ids');
      },
    }).listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
    assert.ok(
      broken.lines.some(
        (line) => line.includes('observer broke') && line.includes('no ids') && line.includes('run event'),
      ),
    );
  });

  it('tell nobody without New Relic', async () => {
    await assemble(worldOf({ SINKS: 'anodot' }).world).listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
  });

  it('give up an observer after half a minute', async () => {
    const { world } = worldOf();
    const clock = createClock(() => true);
    let asked = 0;
    mock({ method: 'POST', url: EVENTS }, () => (asked++, new Promise<never>(() => undefined)));
    const told = assemble({ ...world, ...clock }).listeners.ended(PLAIN, 'run-1', overOf(SUMMARY));
    await until('a request comes', () => asked === 1);
    clock.advance(29_999);
    await gate();
    clock.advance(1);
    await told;
    assert.deepEqual(clock.slept, [30_000]);
  });

  it('open scopes outside runs, which end at their limit or with the server', () => {
    const shutdown = new AbortController();
    const { openScope } = assemble({ ...worldOf().world, shutdown: shutdown.signal });
    const scope = openScope('start', 100_000);
    assert.equal(scope.signal.aborted, false);
    shutdown.abort();
    assert.equal(scope.signal.aborted, true);
    scope.close();
    assert.ok(API.endsWith('/acme'));
  });
});
