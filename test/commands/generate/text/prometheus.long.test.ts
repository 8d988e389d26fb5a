import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { conditionsOf } from '../../../../src/commands/generate/text/conditions/index.ts';
import { grafanaDashboard } from '../../../../src/commands/generate/text/prometheus/grafana-dashboard.ts';
import { prometheusRules } from '../../../../src/commands/generate/text/prometheus/rules.ts';
import { type ShiftedClock, shiftedClock } from '../../../support/time/shifted-clock.ts';
import { until } from '../../../support/time/until.ts';
import type { Json } from '../../../support/e2e/json.ts';
import { endProcesses } from '../../../support/process/processes.ts';
import {
  fillTwoProjects,
  type RemoteSandbox,
  type RemoteService,
  startReadyService,
  startRemoteSandbox,
} from '../../../support/process/services.ts';
import { describeWith } from '../../../support/process/tools.ts';
import { folder } from '../../../support/process/temp-folder.ts';
import { filtersText, type Posted, postRun } from '../../../support/e2e/service.ts';
import { GOLDEN } from '../../../support/generate/golden-files.ts';
import { type Prometheus, promtoolRules, startPrometheus } from '../../../support/generate/prometheus.ts';

const FILTERS = [
  { name: 'shop', projects: ['web', 'gone'] },
  { name: 'api', projects: ['api'] },
];
/** Of the server with a ledger: all their projects are there. */
const GOOD = [
  { name: 'shop', projects: ['web'] },
  { name: 'api', projects: ['api'] },
];
const FIVE = 300_000;
const END = Math.floor((Date.now() - 120_000) / 300_000) * 300_000;
/** Start of the window that the server with a ledger counts first, and once more. */
const EARLY = END - 4 * FIVE;
const JOB = 'monitor';
const LEDGER_JOB = 'with-ledger';
/** Jobs for which a rule has its reason in this scene, which has not lasted yet. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  SentryMonitorWindowsBehind: [LEDGER_JOB],
  SentryMonitorGaps: [JOB, LEDGER_JOB],
};

/** Rules that look at channels: servers without any have nothing of the kind. */
const OF_CHANNELS = new Set(['SentryMonitorOutboxStuck', 'SentryMonitorMessagesLost']);
const CHARTS_OF_CHANNELS = new Set([
  'Alerts firing',
  'Messages by channel and outcome',
  'Messages that wait',
  'Oldest message that waits',
]);

interface Rule {
  readonly alert: string;
  readonly expr: string;
}

/** Every query of the dashboard, for all jobs. */
function charts(dashboard: string): readonly (readonly [title: string, expr: string])[] {
  const { panels } = JSON.parse(dashboard) as { panels: { title: string; targets: { expr: string }[] }[] };
  return panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [title, inGrafana(expr)] as const));
}

/** As Grafana asks it for all jobs and servers, over twelve hours in steps of a quarter of an hour. */
function inGrafana(expr: string): string {
  return expr.replaceAll(/\$(job|instance)\b/g, '.+').replaceAll('$__rate_interval', '15m');
}

/** What a rule compares, or whose absence it tells: on a healthy service the rule itself gives nothing. */
function compared(expr: string): string {
  const [, value] = /^absent\((.*)\)$/.exec(expr) ?? /^(.*) > [\d.]+$/.exec(expr) ?? [];
  if (value === undefined) throw new Error(`no form of rule that is known here: ${expr}`);
  return value;
}

const TEXT = prometheusRules(conditionsOf([]), ['A note.']);
const RULES = (parse(TEXT) as { groups: { rules: Rule[] }[] }).groups.flatMap(({ rules }) => rules);
const UNIT_TESTS = readFileSync(join(GOLDEN, 'prometheus-rules-test.yaml'), 'utf8');
const CHARTS = charts(grafanaDashboard([]));

describeWith('promtool', 'the rules for Prometheus', () => {
  const files = folder({ 'prometheus-rules.yaml': TEXT, 'test.yaml': UNIT_TESTS });
  after(() => files.remove());

  it('promtool takes them, and has nothing to say', async () => {
    assert.equal(await promtoolRules('check', files.file('prometheus-rules.yaml')), '');
    assert.equal(RULES.length, 11);
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

describeWith('prometheus', 'a real Prometheus that scrapes the service', function () {
  this.timeout(150_000);
  let sandbox: RemoteSandbox;
  let clock: ShiftedClock;
  let prometheus: Prometheus;
  const files = folder({ 'filters.yaml': filtersText(FILTERS), 'good.yaml': filtersText(GOOD) });

  before(async () => {
    sandbox = await startRemoteSandbox();
    clock = await shiftedClock(sandbox);
    await fillTwoProjects(sandbox, END);
    const service = await startReadyService(sandbox, [], { FILTERS: files.file('filters.yaml') });
    // It reads a window that has just settled: what is first read after a count was due is not counted again for it.
    await clock.set(EARLY + FIVE + 121_000);
    const other = await startReadyService(sandbox, [], {
      FILTERS: files.file('good.yaml'),
      LEDGER_URL: `sqlite:${files.file('ledger.db')}`,
      RECOUNT: '10m',
      ...clock.env,
    });
    prometheus = await startPrometheus([
      { name: JOB, target: new URL(service.url).host },
      { name: LEDGER_JOB, target: new URL(other.url).host },
    ]);
    await prometheus.scraped([JOB, LEDGER_JOB]);
    await leaveBehindAndCorrect(sandbox, clock, other);
    await sandbox.command('faults', [
      { vendor: 'sentry', endpoint: 'events-table', kind: '429-rate', seconds: 1 },
      { vendor: 'sentry', endpoint: 'events-table', kind: 'status', status: 503, skip: 1 },
    ]);
    const answer = await postRun(service.url, `?at=${END / 1000 + 120}`);
    assert.equal(answer.status, 200, answer.text);
    await until('the runs are scraped', async () => {
      await prometheus.scraped([JOB, LEDGER_JOB]);
      return (
        (await prometheus.series('sentry_monitor_last_success_timestamp_seconds')).length === 2 &&
        (await prometheus.series('sentry_monitor_windows_behind')).length === 1
      );
    });
  });
  after(async () => {
    await endProcesses();
    files.remove();
    clock.remove();
    assert.equal(await prometheus.stop(), 0);
  });

  for (const [index, [title, expr]] of CHARTS.entries()) {
    it(`gives a number for the chart ${title} (${index + 1})`, async () => {
      const series = await prometheus.series(expr);
      if (CHARTS_OF_CHANNELS.has(title)) return assert.deepEqual(series, []);
      assert.ok(series.length > 0, expr);
      assert.ok(
        series.some(({ value }) => Number.isFinite(value)),
        JSON.stringify(series),
      );
    });
  }

  for (const { alert, expr } of RULES) {
    it(`gives a number for what ${alert} looks at, and takes the rule`, async () => {
      const series = await prometheus.series(compared(expr));
      if (OF_CHANNELS.has(alert)) return assert.deepEqual(series, []);
      assert.ok(series.length > 0 && series.every(({ value }) => Number.isFinite(value)), JSON.stringify(series));
      const firing = await prometheus.series(expr);
      assert.deepEqual(firing.map(({ labels }) => labels['job']).toSorted(), EXPECTED[alert] ?? []);
    });
  }

  it('knows what only a shared ledger makes known: the windows that could not be made up for, and the correction', async () => {
    assert.deepEqual(await prometheus.query('sentry_monitor_windows_behind', JOB), {});
    assert.deepEqual(await prometheus.query('sentry_monitor_windows_behind', LEDGER_JOB), { '{}': 2 });
    assert.deepEqual(await prometheus.query('sentry_monitor_corrections_total', LEDGER_JOB), {
      '{"sink":"anodot"}': 0,
      '{"sink":"newrelic"}': 1,
    });
  });

  it('counts in the charts what happened', async () => {
    const risen = async (title: string): Promise<Record<string, boolean>> =>
      Object.fromEntries(
        (await prometheus.series(CHARTS.find(([name]) => name === title)![1])).map(({ labels, value }) => [
          Object.values(labels).join(' '),
          value > 0,
        ]),
      );
    assert.deepEqual(await risen('Runs by outcome'), { ok: true, partial: false, failed: false });
    const gaps = Object.entries(await risen('Gaps by reason')).filter(([, is]) => is);
    assert.deepEqual(gaps.map(([reason]) => reason).toSorted(), ['not_answered', 'project_not_found']);
    const sentry = Object.entries(await risen('Requests by vendor and status'))
      .filter(([name, is]) => is && name.split(' ').includes('sentry'))
      .map(([name]) => name.split(' ').toSorted().join(' '));
    assert.deepEqual(sentry.toSorted(), ['200 sentry', '400 sentry', '429 sentry', '503 sentry']);
  });
});

/** Behind by one window of both filters, and one correction: what came late in a window that was counted before. */
async function leaveBehindAndCorrect(
  sandbox: RemoteSandbox,
  clock: ShiftedClock,
  { url }: RemoteService,
): Promise<void> {
  const first = EARLY;
  const plain = async (end: number): Promise<Posted> => postRun(url, `?at=${String(end / 1000 + 120)}`);
  const before = await plain(first + FIVE);
  assert.equal(before.status, 200, before.text);
  await clock.set(Date.now());
  await sandbox.command('events', [{ at: first + 1000, project: 'web', issue: 101, title: 'Error: late', repeat: 3 }]);
  await sandbox.command('faults', [
    {
      vendor: 'sentry',
      endpoint: 'events-table',
      kind: 'status',
      status: 400,
      match: `start=${new Date(first + FIVE).toISOString().slice(0, 19)}&end=${new Date(first + 2 * FIVE).toISOString().slice(0, 19)}`,
      times: 0,
    },
  ]);
  const { status, body } = await plain(END);
  assert.deepEqual(
    [status, body.catchUp.behind, body.corrections.map(({ filter, to }: Json) => [filter, to])],
    [200, 2, [['shop', 3]]],
  );
  await sandbox.heal();
}
