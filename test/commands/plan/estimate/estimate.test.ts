import assert from 'node:assert/strict';
import { ASSUMED, type Plan, planFor, type PlanInput } from '../../../../src/commands/plan/estimate/index.ts';
import { emptyFilter, type Filter } from '../../../../src/core/model/filter.ts';
import type { Sink } from '../../../../src/core/ports/sink.ts';
import { sinks as registry } from '../../../../src/integrations/sinks/index.ts';
import { depsOf } from '../../../support/build/deps.ts';

const KEYS = { NEW_RELIC_ACCOUNT_ID: '1', NEW_RELIC_LICENSE_KEY: 'not-a-real-key', ANODOT_TOKEN: 'not-a-real-key' };
const SINKS: readonly Sink[] = ['newrelic', 'anodot'].map((name) => registry[name]!.build(KEYS, depsOf(), name).part);
const READING = {
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
    org: 'o',
    reading: READING,
    sinks: SINKS,
    deadlineMs: 120_000,
    assumptions: ASSUMED,
    ...rest,
  });
}

/** shop and crm differ in their projects only; jobs has a search of its own and goes to Anodot alone. */
const THREE = [
  filter('shop', ['web', 'api'], { tags: ['release'] }),
  filter('crm', ['web']),
  filter('jobs', ['jobs'], { levels: ['fatal'], sinks: ['anodot'] }),
];

describe('the plan', () => {
  it('has the requests of each kind of run, worked out by hand: 20 issues, of which half are asked for again', () => {
    const { requests, requestsPerDay } = plan(THREE);
    // Three projects fit into one page of the list; 60 combinations of 20 issues into one page of tags; 60 issues into one request for details.
    assert.deepEqual(requests?.cold, {
      kind: 1,
      projects: 1,
      totals: 2,
      rows: 3,
      splits: 1,
      hour: 3,
      details: 1,
      days: 6,
      all: 18,
    });
    assert.deepEqual(requests?.hourly, {
      kind: 0,
      projects: 0,
      totals: 2,
      rows: 3,
      splits: 1,
      hour: 3,
      details: 1,
      days: 6,
      all: 16,
    });
    assert.deepEqual(requests?.warm, {
      kind: 0,
      projects: 0,
      totals: 2,
      rows: 3,
      splits: 1,
      hour: 3,
      details: 1,
      days: 0,
      all: 10,
    });
    assert.equal(requestsPerDay, 24 * 16 + 264 * 10);
  });

  it('has as many requests as test/bench/quick.test.ts counts in real runs: ten filters, 20 issues, nothing shared', () => {
    const ten = Array.from({ length: 10 }, (_, n) =>
      filter(`team-${n}`, [`service-${n}`], { searchTerms: [`team-${n} has`] }),
    );
    const { requests } = plan(ten, { assumptions: { ...ASSUMED, renewed: 0 } });
    assert.deepEqual([requests?.cold.all, requests?.warm.all], [54, 30]);
  });

  it('has the seconds of a run: the slowest of round trips in turn, requests five at a time, and 30 a second', () => {
    const { durations } = plan(THREE, { assumptions: { ...ASSUMED, latencies: [150, 500, 3000] } });
    // Of 30 a second 28 are used, in each 1.05 s. Cold: 3 in turn, 18 / 5 at a time, 18 / 26.67 s. Warm: 2 in turn, 10 / 5 at a time, 10 / 26.67 s.
    assert.deepEqual(
      durations.map(({ latencyMs, cold, warm }) => [latencyMs, cold.toFixed(3), warm.toFixed(3)]),
      [
        [150, '0.675', '0.375'],
        [500, '1.800', '1.000'],
        [3000, '10.800', '6.000'],
      ],
    );
    // Without details to ask for, a run is one round trip; rows of three pages are two more.
    const seconds = (issues: number): number =>
      plan([THREE[1]!], { assumptions: { ...ASSUMED, issues, renewed: 0, latencies: [1000] } }).durations[0]!.warm;
    assert.deepEqual([seconds(20), seconds(250)], [1, 3]);
  });

  it('has the latency up to which a run fits: 90 of 120 s for everything, the whole deadline for totals, never above the time-out', () => {
    const many = Array.from({ length: 300 }, (_, n) => filter(`f-${n}`, [`p-${n}`], { searchTerms: [`${n}`] }));
    const { requests, ceiling, share } = plan(many);
    // 300 totals, 300 rows, 300 for the hour before, 3,000 issues' details: 930, five at a time in 90 s; 300 totals in 120 s.
    assert.equal(requests?.warm.all, 930);
    assert.deepEqual(ceiling, { everythingMs: Math.floor((90_000 * 5) / 930), totalsMs: 2_000 });
    assert.deepEqual(share, { requests: 930 / 9_000, atOnce: 5 / 15 });
    assert.deepEqual(plan(THREE).ceiling, { everythingMs: 40_000, totalsMs: 40_000 });
  });

  it('has the series of New Relic, the metrics of Anodot and the records of both', () => {
    const { newRelic, anodot, filters } = plan(THREE);
    assert.deepEqual(
      filters.map(({ records }) => records),
      [{ newrelic: 1 + 2 + 20 + 60 + 6, anodot: 6 }, { newrelic: 1 + 1 + 20 + 3, anodot: 3 }, { anodot: 3 }],
    );
    assert.deepEqual([newRelic?.seriesPerMetric, newRelic?.seriesPerDay, newRelic?.recordsPerDay], [3, 9, 288 * 114]);
    assert.deepEqual(anodot, { metrics: 12, samplesPerDay: 288 * 12 });
    assert.equal(plan(THREE, { sinks: [] }).newRelic ?? plan(THREE, { sinks: [] }).anodot, null);
  });

  it('has the gigabytes of a day, by the text of the records', () => {
    const { newRelic } = plan([filter('a', ['p'])], { assumptions: { ...ASSUMED, issues: 0 } });
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
    assert.equal(newRelic?.gbPerDay, (288 * `${records.join(',')},`.length) / 1e9);
  });

  it('grows with titles and issues as they do', () => {
    const gb = (issues: number, title: number): number =>
      plan([filter('a', ['p'])], { assumptions: { ...ASSUMED, issues, title } }).newRelic!.gbPerDay;
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
      wide(0).filter((text) => text.startsWith('New Relic')),
      [],
    );
    assert.match(wide(1).join(), /New Relic: 100,001 time series of each gauge a day/);
  });

  it('say when a run does not fit its deadline, at which latency, and when only the first does not', () => {
    const many = (count: number): Filter[] =>
      Array.from({ length: count }, (_, n) => filter(`f-${n}`, [`p-${n}`], { searchTerms: [`${n}`] }));
    const at = (count: number, latency: number, issues = 20): string =>
      plan(many(count), { assumptions: { ...ASSUMED, issues, latencies: [latency] } }).warnings.join();
    // 300 filters: 930 requests warm (186 s at 1 s, five at a time), 1 + 3 + 1,500 + 60 = 1,564 cold.
    assert.match(
      at(300, 1000),
      /^at 1000 ms an answer a run needs 186 s, of RUN_DEADLINE_SECONDS=120 90 s are for reading: .*raise SENTRY_CONCURRENCY$/,
    );
    assert.match(at(300, 450), /^at 450 ms an answer the first run of a process needs 141 s.* later runs not$/);
    // 1,000 filters as test/bench/many.ts has them: 3,000 warm at 26.67 a second.
    assert.match(
      plan(many(1_000), { assumptions: { ...ASSUMED, renewed: 0, latencies: [10] } }).warnings.join(),
      /^at 10 ms an answer a run needs 113 s, of/,
    );
    assert.equal(at(300, 100), '');
    assert.match(at(3_001, 10, 0), /9,003 requests a run are more than Sentry takes in five minutes \(9,000\)$/);
  });

  it('say when pages of events take longer than a run, or are more than MAX_PAGES', () => {
    const paged = plan(THREE, {
      reading: { ...READING, source: 'pages' },
      assumptions: { ...ASSUMED, events: 30_000 },
    });
    // Three projects, 300 pages each, one a second.
    assert.deepEqual([paged.requests, paged.pages], [null, { perRun: 900, seconds: 900 }]);
    assert.match(
      paged.warnings.join('\n'),
      /^30,000 events of a project in a window are 300 pages, MAX_PAGES reads 200.*\n900 pages take 900 s at 1 a second, 105 s are there/,
    );
    assert.deepEqual(plan(THREE, { reading: { ...READING, source: 'pages' } }).warnings, []);
  });
});
