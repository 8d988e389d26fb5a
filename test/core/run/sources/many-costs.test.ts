import assert from 'node:assert/strict';
import { manyCosts } from '../../../../src/core/run/sources/many-costs.ts';
import type { ReadingCost, SourceCost } from '../../../../src/core/ports/source-cost.ts';
import { filterOf } from '../../../support/build/reports.ts';

const REQUESTS = { totals: 2, all: 2 } as unknown as NonNullable<ReadingCost['requests']>['cold'];
const COST: ReadingCost = {
  readingSeconds: 100,
  requests: { cold: REQUESTS, hourly: REQUESTS, warm: REQUESTS },
  requestsPerDay: 600,
  durations: [{ latencyMs: 100, cold: 5, warm: 1 }],
  ceiling: { everythingMs: 900, totalsMs: 2_000 },
  share: { requests: 0.1, atOnce: 0.5 },
  pages: null,
  warnings: ['slow'],
};
const PAGED: ReadingCost = {
  ...{ readingSeconds: 80, requests: null, requestsPerDay: null, durations: [], ceiling: null, share: null },
  ...{ pages: { perRun: 7, seconds: 3 }, warnings: [] },
};
const source = (cost: ReadingCost, org: string): SourceCost => ({
  org,
  maxRows: 10,
  isPaged: cost.pages !== null,
  estimate: () => cost,
});
const FILTERS = ['a', 'b'].map((name) => ({ filter: filterOf({ name }), issues: 1, splits: 0 }));

describe('what several sources cost together', () => {
  const of = (...costs: readonly ReadingCost[]) => {
    const named = costs.map((cost, n) => [n === 0 ? 'a' : 'b', source(cost, `org-${n}`)] as const);
    return manyCosts(named, ({ name }) => name);
  };

  it('is that of one alone where there is one', () => assert.equal(of(COST).org, 'org-0'));

  it('adds up requests, and takes the scarcest of what is scarce', () => {
    const both = of(COST, { ...COST, durations: [{ latencyMs: 100, cold: 9, warm: 4 }] });
    assert.equal(both.org, 'org-0, org-1');
    const { requests, requestsPerDay, durations, warnings } = both.estimate(FILTERS, {} as never, 120_000);
    assert.deepEqual(
      [requests?.warm.all, requestsPerDay, durations],
      [4, 1_200, [{ latencyMs: 100, cold: 9, warm: 4 }]],
    );
    assert.deepEqual(warnings, ['a: slow', 'b: slow']);
  });

  it('counts no requests of what is read page by page', () => {
    const mixed = of(COST, PAGED).estimate(FILTERS, {} as never, 120_000);
    assert.deepEqual([mixed.requests?.cold.all, mixed.requestsPerDay, mixed.readingSeconds], [2, 600, 80]);
    assert.deepEqual([mixed.durations[0], mixed.pages], [COST.durations[0], { perRun: 7, seconds: 3 }]);
    const paged = of(PAGED, PAGED).estimate(FILTERS, {} as never, 120_000);
    assert.deepEqual(
      [paged.requests, paged.requestsPerDay, paged.ceiling, paged.pages?.perRun],
      [null, null, null, 14],
    );
  });
});
