import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parse } from 'yaml';
import { grafanaDashboard } from '../../src/generate/grafana-dashboard.ts';
import { prometheusRules } from '../../src/generate/prometheus-rules.ts';
import { loadMetrics } from '../../src/observers/metrics.ts';
import { until } from '../support/e2e-clock.ts';
import { endProcesses, fillTwoProjects, folder, startReadyService, startRemoteSandbox, type RemoteSandbox } from '../support/e2e-process.ts';
import { filtersText, postRun } from '../support/e2e-service.ts';
import { GOLDEN } from '../support/generate-golden.ts';
import { seriesIn } from '../support/metrics.ts';
import { promtoolRules, startPrometheus, type Prometheus } from '../support/prometheus.ts';

const FILTERS = [{ name: 'shop', projects: ['web', 'gone'] }, { name: 'api', projects: ['api'] }];
const END = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;
/** A second place to scrape. */
const LEDGER_JOB = 'with-ledger';
/** Jobs for which a rule has its reason in this scene, which has not lasted yet. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = { SentryMonitorWindowsBehind: [LEDGER_JOB], SentryMonitorGaps: ['monitor'] };

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

/** Every query of the dashboard, for all jobs. */
function charts(dashboard: string): readonly (readonly [title: string, expr: string])[] {
  const { panels } = JSON.parse(dashboard) as { panels: { title: string; targets: { expr: string }[] }[] };
  return panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, expr.replaceAll('$job', '.+')] as const));
}

/** What a rule compares, or whose absence it tells: on a healthy service the rule itself gives nothing. */
function compared(expr: string): string {
  const [, value] = /^absent\((.*)\)$/.exec(expr) ?? /^(.*) > [\d.]+$/.exec(expr) ?? [];
  if (value === undefined) throw new Error(`no form of rule that is known here: ${expr}`);
  return value;
}

const TEXT = prometheusRules(['A note.']);
const RULES = (parse(TEXT) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);
const UNIT_TESTS = readFileSync(join(GOLDEN, 'prometheus-rules-test.yaml'), 'utf8');
const CHARTS = charts(grafanaDashboard([]));

describe('the rules for Prometheus', function () {
  this.timeout(60_000);
  const files = folder({ 'prometheus-rules.yaml': TEXT, 'test.yaml': UNIT_TESTS });
  after(() => files.remove());

  it('promtool takes them, and has nothing to say', async () => {
    assert.equal(await promtoolRules('check', files.file('prometheus-rules.yaml')), '');
    assert.equal(RULES.length, 8);
  });

  it('fire for a missing run, failed runs and windows behind, and not when all is well', async () => {
    assert.equal(await promtoolRules('test', files.file('test.yaml')), '');
  });

  it('are judged by a test that can fail', async () => {
    const weak = folder({ 'prometheus-rules.yaml': TEXT.replace('> 900', '> 9000'), 'test.yaml': UNIT_TESTS });
    assert.match(await promtoolRules('test', weak.file('test.yaml')), /SentryMonitorRunMissing/);
    weak.remove();
  });
});

describe('a real Prometheus that scrapes the service', function () {
  this.timeout(90_000);
  let sandbox: RemoteSandbox;
  let other: Server;
  let prometheus: Prometheus;

  before(async () => {
    sandbox = await startRemoteSandbox();
    await fillTwoProjects(sandbox, END);
    const files = folder({ 'filters.yaml': filtersText(FILTERS) });
    const service = await startReadyService(sandbox, [], { FILTERS: files.path });
    other = await serverWithLedger();
    prometheus = await startPrometheus([{ name: 'monitor', target: new URL(service.url).host }, { name: LEDGER_JOB, target: `127.0.0.1:${(other.address() as AddressInfo).port}` }]);
    await prometheus.scraped('monitor');
    await sandbox.command('faults', [{ vendor: 'sentry', endpoint: 'events-table', kind: '429-rate', seconds: 1 }, { vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 503, skip: 1 }]);
    const answer = await postRun(service.url, `?at=${END / 1000 + 120}`);
    assert.equal(answer.status, 200, answer.text);
    files.remove();
    for (const job of ['monitor', LEDGER_JOB]) await prometheus.scraped(job);
    await until('the run is scraped', async () => (await prometheus.series('sentry_monitor_runs_total{outcome="ok"} > 0')).length > 0, 20_000);
  });
  after(async () => {
    await endProcesses();
    other.close();
    assert.equal(await prometheus.stop(), 0);
  });

  for (const [index, [title, expr]] of CHARTS.entries()) {
    it(`gives a number for the chart ${title} (${index + 1})`, async () => {
      const series = await prometheus.series(expr);
      assert.ok(series.length > 0, expr);
      assert.ok(series.some(({ value }) => Number.isFinite(value)), JSON.stringify(series));
    });
  }

  for (const { alert, expr } of RULES) {
    it(`gives a number for what ${alert} looks at, and takes the rule`, async () => {
      const series = await prometheus.series(compared(expr));
      assert.ok(series.length > 0 && series.every(({ value }) => Number.isFinite(value)), JSON.stringify(series));
      const firing = await prometheus.series(expr);
      assert.deepEqual(firing.map(({ labels }) => labels['job']), EXPECTED[alert] ?? []);
    });
  }

  it('counts in the charts what happened', async () => {
    const risen = async (title: string): Promise<Record<string, boolean>> => Object.fromEntries((await prometheus.series(CHARTS.find(([name]) => name === title)![1])).map(({ labels, value }) => [Object.values(labels).join(' '), value > 0]));
    assert.deepEqual(await risen('Runs by outcome'), { ok: true, partial: false, failed: false });
    const gaps = Object.entries(await risen('Gaps by reason')).filter(([, is]) => is);
    assert.deepEqual(gaps, [['project_not_found', true]]);
    const sentry = Object.entries(await risen('Requests by vendor and status')).filter(([name, is]) => is && name.split(' ').includes('sentry')).map(([name]) => name.split(' ').toSorted().join(' '));
    assert.deepEqual(sentry.toSorted(), ['200 sentry', '429 sentry', '503 sentry']);
  });
});

/** The metrics themselves, told by hand what only a shared ledger makes known: windows behind, and a correction. */
async function serverWithLedger(): Promise<Server> {
  const metrics = await loadMetrics(Date.now);
  metrics.know({ vendors: ['sentry'], sinks: ['newrelic'], filterFaults: 0, log: { info: fail, warn: fail, error: fail, debug: fail, child: fail } });
  const window = { start: END - 300_000, end: END };
  const summary = { outcome: 'ok', runId: 'r', window, durationMs: 900, filters: 1, failed: 0, incomplete: 0, faults: 0, sourceRequests: 3, sinks: ['newrelic'], clockSkewMs: 0, server: 's', version: '0', behind: 4, corrections: 1 } as const;
  await metrics.observer.runEnded(summary, undefined as never);
  metrics.delivered({ reportId: 'r', revision: 1, sink: 'newrelic' }, [{ status: 'accepted' }]);
  const { text } = await metrics.page();
  assert.deepEqual([seriesIn(text).get('sentry_monitor_windows_behind'), seriesIn(text).get('sentry_monitor_corrections_total{sink="newrelic"}')], [4, 1]);
  const server = createServer((_request, response) => void metrics.page().then(({ type, text: page }) => response.setHeader('content-type', type).end(page)));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

function fail(): never {
  throw new Error('nothing to say');
}
