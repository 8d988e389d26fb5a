import assert from 'node:assert/strict';
import { ASSUMED, type Plan } from '../../../src/commands/plan/estimate/types.ts';
import { planTable } from '../../../src/commands/plan/table.ts';
import { filterOf } from '../../support/build/reports.ts';

const filterPlan = (filter: string, bytes: number) => ({
  ...{
    filter,
    projects: 1,
    issues: 2,
    splits: 0,
    isMeasured: false,
    records: { newrelic: 5 },
    bytes: { newrelic: bytes },
  },
});
const REQUESTS = { totals: 2, all: 2 } as never;
const PLAN = {
  ...{ filters: [filterPlan('b', 7), filterPlan('a', 7)], vendors: [], assumptions: ASSUMED, deadlineSeconds: 120 },
  ...{ readingSeconds: 100, requests: { cold: REQUESTS, hourly: REQUESTS, warm: REQUESTS }, requestsPerDay: 576 },
  ...{ durations: [{ latencyMs: 150, cold: 12, warm: 1.25 }], ceiling: { everythingMs: 900, totalsMs: 2000 } },
  ...{ share: null, pages: null, warnings: [] },
} as unknown as Plan;

describe('a plan for a person', () => {
  const input = { filters: [filterOf()], sourceCost: { org: 'acme', isPaged: false } } as never;
  const table = (given: Partial<Plan> = {}): string => planTable({ ...PLAN, ...given }, input);

  it('has the filters with most data first, of the same by name, and says how many more there are', () => {
    const names = (text: string) => [...text.matchAll(/^ {2}(\w+) +1 +2\?/gm)].map(([, name]) => name);
    assert.deepEqual(names(table()), ['a', 'b']);
    const many = table({ filters: Array.from({ length: 23 }, (_, n) => filterPlan(`f${n}`, n)) });
    assert.equal(names(many).length, 20);
    assert.match(many, /and 3 more \(--json has all\)$/);
  });

  it('says how fast answers must be, or that none is fast enough', () => {
    assert.match(table(), /everything is read in time while an answer takes up to 900 ms, all totals up to 2,000 ms/);
    assert.match(
      table({ ceiling: { everythingMs: 0, totalsMs: 5 } }),
      /not everything can be read in time, however fast/,
    );
  });

  it('has shares where there is a limit, pages where they are read, and sources where there are several', () => {
    assert.match(table({ share: { requests: 0.05, atOnce: 0.5 } }), /576 a day; 5\.0 % of what .*, 50 % of what/);
    assert.match(table({ pages: { perRun: 70, seconds: 3.5 } }), /pages of events a run: 70, 3\.5 s/);
    const cost = { requests: null, pages: null, share: null } as never;
    const paged = { requests: null, pages: { perRun: 7, seconds: 1 }, share: { requests: 0.2, atOnce: 0.1 } } as never;
    const connections = [
      { source: 'one', org: 'acme', filters: 1, cost },
      { source: 'two', org: 'other', filters: 2, cost: paged },
    ];
    assert.match(table({ connections }), /one +acme +1 +0 +-\n +two +other +2 +7 pages +20 %/);
    assert.equal(table({ requests: null, ceiling: null }).includes('requests to Sentry'), false);
  });

  it('leaves out vendors of which nothing is known', () => {
    const day = { text: '5 GB a day', note: '5 GB' } as never;
    const vendors = [
      { sink: 'newrelic', cost: {}, label: 'New Relic', day },
      { sink: 'anodot', cost: {}, label: 'Anodot', day: null },
    ] as never;
    const text = table({ vendors });
    assert.match(text, /^New Relic +5 GB a day$/m);
    assert.doesNotMatch(text, /Anodot/);
  });
});
