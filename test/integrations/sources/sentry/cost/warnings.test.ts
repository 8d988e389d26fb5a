import assert from 'node:assert/strict';
import { pagesWarnings, tableWarnings } from '../../../../../src/integrations/sources/sentry/cost/warnings.ts';

type Cost = Parameters<typeof tableWarnings>[0];

const cost = (over: Partial<Cost>): Cost =>
  ({
    durations: [],
    readingSeconds: 100,
    requests: { warm: { all: 2_000 } },
    share: null,
    pages: null,
    ...over,
  }) as Cost;
const takes = (cold: number, warm: number) => [{ latencyMs: 500, cold, warm }];

describe('what a plan warns of by the events table', () => {
  const said = (over: Partial<Cost>) => tableWarnings(cost(over), { perSecond: 5 } as never, 120_000);

  it('is nothing where nothing is asked, or all fits', () => {
    assert.deepEqual(said({ requests: null, durations: takes(200, 200) }), []);
    assert.deepEqual(said({ durations: takes(100, 100), share: { requests: 1, atOnce: 1 } }), []);
  });

  it('is that runs take too long, and what helps', () => {
    const start = 'at 500 ms an answer a run needs 131 s, of RUN_DEADLINE_SECONDS=120 100 s are for reading: ';
    const end = 'totals come first, what is not read in time is a gap; use fewer filters';
    assert.deepEqual(said({ durations: takes(200, 130.2) }), [`${start}${end} or raise SENTRY_CONCURRENCY`]);
    assert.deepEqual(said({ durations: takes(200, 130.2), share: { requests: 1, atOnce: 1 } }), [start + end]);
    assert.match(
      said({ durations: takes(130.2, 90) })[0]!,
      /^at 500 ms an answer the first run of a process needs 131 s/,
    );
  });

  it('is that Sentry takes fewer requests', () =>
    assert.deepEqual(said({ share: { requests: 1.4, atOnce: 0.5 } }), [
      '2,000 requests a run are more than Sentry takes in five minutes (1,500)',
    ]));
});

describe('what a plan warns of by pages of events', () => {
  const said = (pages: object | null, pagesPerSecond: number, events: number) =>
    pagesWarnings(
      cost({ pages: pages as never }),
      { maxPages: 10, pagesPerSecond } as never,
      { events } as never,
      120_000,
    );

  it('is nothing where there are none, or all fits', () => {
    assert.deepEqual(said(null, 1, 1_000_000), []);
    assert.deepEqual(said({ perRun: 105, seconds: 105 }, 1, 1_000), []);
  });

  it('is a project with too many, and a run that takes too long', () =>
    assert.deepEqual(said({ perRun: 300, seconds: 150.5 }, 2, 5_001), [
      '5,001 events of a project in a window are 51 pages, MAX_PAGES reads 10: the others are a gap',
      '300 pages take 151 s at 2 a second, 105 s are there: the others are a gap; ' +
        'on a server of your own raise SENTRY_PAGES_PER_SECOND',
    ]));

  it('has no rate where there is no limit', () =>
    assert.match(said({ perRun: 300, seconds: 150.5 }, 0, 1)[0]!, /^300 pages take 151 s, 105 s are there/));
});
