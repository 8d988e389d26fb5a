import assert from 'node:assert/strict';
import { planFor } from '../../../../src/commands/plan/estimate/index.ts';
import { ASSUMED, type Plan, type PlanInput } from '../../../../src/commands/plan/estimate/types.ts';
import { planJson } from '../../../../src/commands/plan/json.ts';
import { emptyFilter, type Filter } from '../../../../src/core/model/filter.ts';
import type { Sink } from '../../../../src/core/ports/sink.ts';
import { costs, sinks as registry } from '../../../../src/integrations/sinks/index.ts';
import { sentryCost } from '../../../../src/integrations/sources/sentry/cost/index.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { FOUR } from '../../../support/rules/rules.ts';
import type { Json } from '../../../support/e2e/json.ts';

const KEYS = { NEW_RELIC_ACCOUNT_ID: '1', NEW_RELIC_LICENSE_KEY: 'not-a-real-key', ANODOT_TOKEN: 'not-a-real-key' };
const SINKS: readonly Sink[] = ['newrelic', 'anodot'].map(
  (name) => registry[name]!.read(KEYS).create(depsOf(), name).part,
);
const SETTINGS = {
  concurrency: 5,
  timeoutSeconds: 40,
  maxRows: 1000,
  baselines: ['1h', '1d', '7d'],
  source: 'auto',
  pagesPerSecond: 1,
  maxPages: 200,
} as const;

function filter(name: string, projects: readonly string[], rest: Partial<Filter> = {}): Filter {
  return { ...emptyFilter(name, projects), top: 10, ...rest };
}

function plan(filters: readonly Filter[], rest: Partial<PlanInput> = {}): Plan {
  return planFor({
    filters,
    sourceCost: sentryCost('o', SETTINGS),
    sinks: SINKS,
    sinkCosts: costs,
    deadlineMs: 120_000,
    assumptions: ASSUMED,
    ...rest,
  });
}

/** As machines read it. */
function figures(filters: readonly Filter[], rest: Partial<PlanInput> = {}): Json {
  return planJson(plan(filters, rest));
}

/** shop and crm differ in their projects only; jobs has a search of its own and goes to Anodot alone. */
const THREE = [
  filter('shop', ['web', 'api'], { tags: ['release'] }),
  filter('crm', ['web']),
  filter('jobs', ['jobs'], { levels: ['fatal'], sinks: ['anodot'] }),
];

describe('the plan', () => {
  it('has what the source says that its reading costs, asked with what the filters find', () => {
    const asked: unknown[][] = [];
    const own = sentryCost('o', SETTINGS);
    const sourceCost: PlanInput['sourceCost'] = {
      ...own,
      estimate: (...given) => {
        asked.push(given);
        return { ...own.estimate(...given), warnings: ['the source is slow'] };
      },
    };
    const measured = new Map([['shop', { events: 9, issues: 1_200, eventsOfDay: 9, issuesOfDay: 9 }]]);
    const { requests, readingSeconds, deadlineSeconds, warnings } = plan(THREE, { sourceCost, measured });
    const loads = [
      { filter: THREE[0], issues: 1_200, splits: 3_600 },
      { filter: THREE[1], issues: 20, splits: 0 },
      { filter: THREE[2], issues: 20, splits: 0 },
    ];
    assert.deepEqual(asked, [[loads, ASSUMED, 120_000]]);
    assert.deepEqual([requests?.warm.rows, readingSeconds, deadlineSeconds], [11 + 1 + 1, 90, 120]);
    assert.match(warnings.join('; '), /^shop: 1,200 issues in a window, .*; the source is slow$/);
  });

  it('has the series of New Relic, the metrics of Anodot and the records of both', () => {
    const { newRelic, anodot, filters } = figures(THREE);
    assert.deepEqual(
      filters.map(({ records }: Json) => records),
      [{ newrelic: 1 + 2 + 20 + 60 + 6, anodot: 6 }, { newrelic: 1 + 1 + 20 + 3, anodot: 3 }, { anodot: 3 }],
    );
    assert.deepEqual([newRelic.seriesPerMetric, newRelic.seriesPerDay, newRelic.recordsPerDay], [3, 9, 288 * 114]);
    assert.deepEqual(anodot, { metrics: 12, samplesPerDay: 288 * 12 });
    const none = figures(THREE, { sinks: [] });
    assert.deepEqual([none.newRelic, none.anodot], [null, null]);
  });

  it('names each vendor for machines in one order, and the bytes of those that are paid by them', () => {
    for (const sinks of [SINKS, SINKS.toReversed(), SINKS.slice(1), []])
      assert.deepEqual(Object.keys(figures(THREE, { sinks })).slice(3, 6), ['readingSeconds', 'newRelic', 'anodot']);
    const [shop, , jobs] = figures(THREE).filters;
    assert.deepEqual(Object.keys(shop).slice(-2), ['records', 'newRelicBytes']);
    assert.ok(shop.newRelicBytes > 89 * 200, String(shop.newRelicBytes));
    assert.equal(jobs.newRelicBytes, 0, 'it goes to Anodot alone, which is paid by the metric');
  });

  it('has the gigabytes of a day, by the text of the records', () => {
    const { newRelic } = figures([filter('a', ['p'])], { assumptions: { ...ASSUMED, issues: 0 } });
    const common =
      '"eventType":"SentryMonitoring","filter":"a","org":"o","revision":0,"windowStart":1767225600000,"windowEnd":1767225900000,"reportId":"a@2026-01-01T00:00:00.000Z","timestamp":1767225600000';
    const gauge = (name: string, value: number): string =>
      `{"name":"${name}","type":"gauge","value":${value},"timestamp":1767225600000,"interval.ms":300000,"attributes":{"project":"p","filter":"a","org":"o"}}`;
    const records = [
      `{${common},"type":"filter_count","value":123,"issues":0,"unattributed":0,"users":123,"complete":1}`,
      `{${common},"type":"event_count","project":"p","projectId":"6500000000","value":123,"issues":0,"users":123,"complete":1}`,
      gauge('sentry.events', 123),
      gauge('sentry.issues', 0),
      gauge('sentry.users', 123),
    ];
    assert.equal(newRelic.gbPerDay, (288 * `${records.join(',')},`.length) / 1e9);
  });

  it('grows with titles and issues as they do', () => {
    const gb = (issues: number, title: number): number =>
      figures([filter('a', ['p'])], { assumptions: { ...ASSUMED, issues, title } }).newRelic.gbPerDay;
    assert.ok(Math.abs(gb(20, 180) - gb(20, 80) - (288 * 20 * 100) / 1e9) < 1e-12);
    assert.ok(gb(1000, 80) > 40 * gb(20, 80));
  });
});

describe('the warnings of a plan', () => {
  it('are none where all fits', () => assert.deepEqual(plan(THREE).warnings, []));

  it('name a filter above MAX_ROWS, by rows, by tags, by its day', () => {
    const measured = new Map([
      ['crm', { events: 9, issues: 1_001, eventsOfDay: 9, issuesOfDay: 1_001 }],
      ['jobs', { events: 9, issues: 3, eventsOfDay: 9, issuesOfDay: 5_000 }],
    ]);
    const { warnings, filters } = plan(THREE, { measured, assumptions: { ...ASSUMED, issues: 400 } });
    assert.deepEqual(
      warnings.map((text) => text.split(': the others')[0]),
      [
        'shop: 1,200 combinations of issues and tags in a window, MAX_ROWS reads 1,000 of them',
        'crm: 1,001 issues in a window, MAX_ROWS reads 1,000 of them',
        'jobs: 5,000 issues in the last day: a window with more than 1,000 (MAX_ROWS) of them would have a gap',
      ],
    );
    // What is cut is not sent: crm's filter_count, event_count and three gauges stay.
    assert.deepEqual(
      filters.map(({ records }) => records['newrelic']),
      [1 + 2 + 400 + 1_000 + 6, 1_000 + 5, undefined],
    );
  });

  it('say when New Relic has more than 100,000 series of a gauge, and not before', () => {
    // 500 filters of 200 projects each are 100,000; then one more project.
    const wide = (more: number): readonly string[] =>
      plan(
        Array.from({ length: 500 }, (_, f) =>
          filter(
            `f-${f}`,
            Array.from({ length: 200 + (f === 0 ? more : 0) }, (_unused, n) => `p-${n}`),
          ),
        ),
        { sinks: [{ name: 'newrelic', encode: () => [] }], assumptions: { ...ASSUMED, issues: 0 } },
      ).warnings;
    assert.deepEqual(
      wide(0).filter((text) => text.startsWith('New Relic: 1')),
      [],
    );
    assert.match(wide(1).join(), /New Relic: 100,001 time series of each gauge a day/);
  });
});

describe('the warnings of what is generated', () => {
  const ofNewRelic = (filters: readonly Filter[], sinks: readonly Sink[] = SINKS): readonly string[] =>
    plan(filters, { sinks }).warnings.filter((text) => /dashboard|alert/.test(text));
  const teams = (count: number, rest: Partial<Filter> = {}): readonly Filter[] =>
    Array.from({ length: count }, (_, n) => filter(`f-${n}`, ['web'], { team: `team-${n}`, ...rest }));
  const untold = FOUR;

  it('say in a plan that the dashboard and the alerts become several at New Relic', () => {
    assert.deepEqual(ofNewRelic(teams(24, { untold })), []);
    assert.deepEqual(ofNewRelic(teams(249, { team: 'shop', untold })), [
      'New Relic: 1,002 alert conditions are 2 policies, as one has at most 1,000: give each its workflow',
    ]);
    assert.deepEqual(ofNewRelic(teams(25)), [
      'New Relic: a dashboard has at most 25 pages, so these teams need 2 dashboards; the command dashboard newrelic makes each with --part',
    ]);
  });

  it('say that an account takes no more alerts, and nothing of filters that are not sent there', () => {
    const [refused] = ofNewRelic(teams(999, { team: 'shop', untold })).filter((text) => text.includes('4002'));
    assert.match(refused!, /^New Relic: the command alerts newrelic will make nothing: 4002 conditions, and /);
    assert.deepEqual(ofNewRelic(teams(25, { sinks: ['anodot'] })), []);
    assert.deepEqual(
      ofNewRelic(
        teams(25),
        SINKS.filter(({ name }) => name === 'anodot'),
      ),
      [],
    );
  });
});
