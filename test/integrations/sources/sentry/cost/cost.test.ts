import assert from 'node:assert/strict';
import type { Filter } from '../../../../../src/core/model/filter.ts';
import type { ReadingCost, ServerAssumptions } from '../../../../../src/core/ports/source-cost.ts';
import { sentryCost } from '../../../../../src/integrations/sources/sentry/cost/index.ts';
import { filterOf } from '../../../../support/build/reports.ts';
import { usersOver } from '../../../../support/build/users-rules.ts';

const SETTINGS = {
  concurrency: 5,
  timeoutSeconds: 40,
  maxRows: 1000,
  baselines: ['1h', '1d', '7d'],
  source: 'auto',
  pagesPerSecond: 1,
  maxPages: 200,
} as const;
const ASSUMED: ServerAssumptions = {
  events: 1000,
  renewed: 50,
  regressed: 0,
  latencies: [150, 500, 1000, 3000],
  perSecond: 30,
  atOnce: 15,
};

interface Given extends Partial<ServerAssumptions> {
  /** Of each filter. */
  readonly issues?: number;
  readonly source?: 'auto' | 'pages';
}

/** Of a run of 120 s; each issue of a filter with tags has three combinations. */
function costOf(filters: readonly Filter[], { issues = 20, source = 'auto', ...rest }: Given = {}): ReadingCost {
  const loads = filters.map((it) => ({ filter: it, issues, splits: it.tags.length === 0 ? 0 : 3 * issues }));
  return sentryCost('acme', { ...SETTINGS, source }).estimate(loads, { ...ASSUMED, ...rest }, 120_000);
}

function filter(name: string, projects: readonly string[], rest: Partial<Filter> = {}): Filter {
  return filterOf({ name, projects, levels: [], searchTerms: [], ...rest });
}

/** Each with a search and a project of its own. */
function many(count: number): readonly Filter[] {
  return Array.from({ length: count }, (_, n) => filter(`f-${n}`, [`p-${n}`], { searchTerms: [`${n}`] }));
}

/** shop and crm differ in their projects only; jobs has a search of its own. */
const THREE = [
  filter('shop', ['web', 'api'], { tags: ['release'] }),
  filter('crm', ['web']),
  filter('jobs', ['jobs'], { levels: ['fatal'] }),
];

describe('what reading costs', () => {
  it('has the requests of each kind of run, worked out by hand: 20 issues a filter', () => {
    const { requests, requestsPerDay } = costOf(THREE);
    // Three projects fit into one page of the list, 60 combinations of 20 issues into one page of tags,
    // and 60 issues into one request for details.
    assert.deepEqual(requests?.cold, {
      kind: 1,
      projects: 1,
      totals: 2,
      rows: 3,
      splits: 1,
      hour: 3,
      details: 1,
      returns: 0,
      days: 6,
      users: 0,
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
      returns: 0,
      days: 6,
      users: 0,
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
      returns: 0,
      days: 0,
      users: 0,
      all: 10,
    });
    assert.equal(requestsPerDay, 24 * 16 + 264 * 10);
  });

  it('asks for issues by environments, of more than a hundred only some again, and for histories one by one', () => {
    const apart = [
      filter('a', ['web'], { environments: ['eu', 'us'] }),
      filter('b', ['web'], { environments: ['us', 'eu'] }),
      filter('c', ['web'], { environments: ['eu'] }),
      filter('d', ['web']),
    ];
    const details = (issues: number, renewed: number): unknown => {
      const { requests } = costOf(apart, { issues, renewed });
      return [requests?.cold.details, requests?.warm.details];
    };
    assert.deepEqual(details(20, 0), [3, 3], 'a and b together');
    // 250 of each: a and b 500 in the first run and 200 in others, c and d 250 and 100; of 150 more a half is 75.
    assert.deepEqual(details(250, 0), [5 + 3 + 3, 2 + 1 + 1]);
    assert.deepEqual(details(250, 50), [5 + 3 + 3, 4 + 2 + 2]);
    const returns = (issues: number, regressed: number): unknown => {
      const { requests } = costOf(apart, { issues, regressed });
      return [requests?.cold.returns, requests?.hourly.returns, requests?.warm.returns];
    };
    assert.deepEqual(returns(20, 5), [4, 4, 4]);
    assert.deepEqual(returns(250, 10), [40, 40, 40], 'of the hundred biggest');
  });

  it('asks for users of rules in each run: one for a span, one more for its issues', () => {
    const HOUR = 3_600_000;
    const ruled = [
      filter('none', ['web'], { alerts: [usersOver(9, 300_000), usersOver(9, 300_000, 'issue')] }),
      filter('window', ['web', 'api'], { alerts: [usersOver(9, 300_000)] }),
      filter('spans', ['web'], {
        alerts: [
          usersOver(9, HOUR),
          usersOver(99, HOUR),
          usersOver(3, HOUR, 'issue'),
          usersOver(5, 24 * HOUR, 'issue'),
        ],
      }),
    ];
    const plain = ruled.map((it) => ({ ...it, alerts: [] }));
    const { requests, requestsPerDay, durations } = costOf(ruled);
    const without = costOf(plain);
    for (const when of ['cold', 'hourly', 'warm'] as const) {
      assert.equal(requests?.[when].users, 0 + 1 + 3);
      assert.equal(requests?.[when].all, without.requests![when].all + 4);
    }
    assert.equal(requestsPerDay, without.requestsPerDay! + 288 * 4);
    assert.ok(durations[0]!.warm > without.durations[0]!.warm);
  });

  it('has as many requests as test/bench/quick.proof.test.ts counts in real runs: ten filters, 20 issues, nothing shared', () => {
    const ten = Array.from({ length: 10 }, (_, n) =>
      filter(`team-${n}`, [`service-${n}`], { searchTerms: [`team-${n} has`] }),
    );
    const { requests } = costOf(ten, { renewed: 0 });
    assert.deepEqual([requests?.cold.all, requests?.warm.all], [54, 32]);
  });

  it('has the seconds of a run: the slowest of round trips in turn, requests five at a time, and 30 a second', () => {
    const { durations } = costOf(THREE, { latencies: [150, 500, 3000] });
    // Of 30 a second 28 are used, in each 1.05 s. Cold: 3 in turn, 18 / 5 at a time, 18 / 26.67 s.
    // Warm: 2 in turn, 10 / 5 at a time, 10 / 26.67 s.
    assert.deepEqual(
      durations.map(({ latencyMs, cold, warm }) => [latencyMs, cold.toFixed(3), warm.toFixed(3)]),
      [
        [150, '0.675', '0.375'],
        [500, '1.800', '1.000'],
        [3000, '10.800', '6.000'],
      ],
    );
    // Without issues a run is one round trip; what is known of them is one more, and so is when they came back; rows of
    // three pages are two more.
    const seconds = (issues: number, regressed = 0): number =>
      costOf([THREE[1]!], { issues, regressed, renewed: 0, latencies: [1000] }).durations[0]!.warm;
    assert.deepEqual([seconds(0), seconds(20), seconds(20, 5), seconds(250)], [1, 2, 3, 4]);
  });

  it('has the latency up to which a run fits: 90 of 120 s for everything, the whole deadline for totals, never above the time-out', () => {
    const { requests, ceiling, share } = costOf(many(300));
    // 300 totals, 300 rows, 300 for the hour before, 6,000 issues' details: 960, five at a time in 90 s.
    // 300 totals in 120 s.
    assert.equal(requests?.warm.all, 960);
    assert.deepEqual(ceiling, { everythingMs: Math.floor((90_000 * 5) / 960), totalsMs: 2_000 });
    assert.deepEqual(share, { requests: 960 / 9_000, atOnce: 5 / 15 });
    assert.deepEqual(costOf(THREE).ceiling, { everythingMs: 40_000, totalsMs: 40_000 });
  });
});

describe('the warnings of what reading costs', () => {
  it('are none where all fits', () => assert.deepEqual(costOf(THREE).warnings, []));

  it('say when a run does not fit its deadline, at which latency, and when only the first does not', () => {
    const at = (count: number, latency: number, issues = 20): string =>
      costOf(many(count), { issues, latencies: [latency] }).warnings.join();
    // 300 filters: 960 requests warm (192 s at 1 s, five at a time), 1 + 3 + 1,500 + 60 = 1,564 cold.
    assert.match(
      at(300, 1000),
      /^at 1000 ms an answer a run needs 192 s, of RUN_DEADLINE_SECONDS=120 90 s are for reading: .*raise SENTRY_CONCURRENCY$/,
    );
    // More than 90 s, and less than 120.
    assert.match(at(300, 600), /^at 600 ms an answer a run needs 116 s, of RUN_DEADLINE_SECONDS=120 90 s are for/);
    assert.match(at(300, 450), /^at 450 ms an answer the first run of a process needs 141 s.* later runs not$/);
    // 1,000 filters as test/bench/many.ts has them: 3,200 warm at 26.67 a second.
    assert.match(
      costOf(many(1_000), { renewed: 0, latencies: [10] }).warnings.join(),
      /^at 10 ms an answer a run needs 121 s, of/,
    );
    assert.equal(at(300, 100), '');
    assert.match(at(3_001, 10, 0), /9,003 requests a run are more than Sentry takes in five minutes \(9,000\)$/);
  });

  it('say when pages of events take longer than a run, or are more than MAX_PAGES', () => {
    const paged = costOf(THREE, { source: 'pages', events: 30_000 });
    // Three projects, 300 pages each, one a second.
    assert.deepEqual([paged.requests, paged.pages], [null, { perRun: 900, seconds: 900 }]);
    assert.match(
      paged.warnings.join('\n'),
      /^30,000 events of a project in a window are 300 pages, MAX_PAGES reads 200.*\n900 pages take 900 s at 1 a second, 105 s are there/,
    );
    assert.deepEqual(costOf(THREE, { source: 'pages' }).warnings, []);
  });
});
