import assert from 'node:assert/strict';
import { type Bench, burst, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import { assertClean, taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'red', projects: ['red'] },
  { name: 'both', projects: ['red', 'blue'], searchTerms: ['trouble'] },
];
const DETAIL =
  'no project of acme has an event in the window, 180 in the hour before: Sentry takes in nothing, or nothing is sent to it';

/** So many events in the five minutes before the window, of a project that no filter has. */
function before(count: number): ReturnType<typeof burst> {
  return burst('other', 5000, count).map((event, index) => ({ ...event, at: START - 1000 - (index % 300) * 1000 }));
}

describe('a Sentry that fell silent', () => {
  let bench: Bench;

  beforeEach(async () => {
    bench = await openBench({ time: 'stopped' });
    for (const slug of ['red', 'blue', 'other']) bench.sandbox.world.addProject({ slug });
  });

  afterEach(() => bench.close());

  /** Requests for all projects: only freshness makes them. */
  function asked(): number {
    return bench.sandbox.world.requests
      .all()
      .filter(({ query }) => query.some(([name, value]) => name === 'field' && value === 'last_seen()')).length;
  }

  it('makes every report incomplete, in the answer and in the records: its zeros are no all-clear', async () => {
    bench.sandbox.world.addEvents(before(180));
    const service = await bench.serve(FILTERS);
    const { status, body } = await service.post();
    assert.deepEqual([status, body.status, body.incomplete, asked()], [200, 'ok', 2, 1]);
    for (const report of body.reports)
      assert.deepEqual(
        [report.complete, report.gaps],
        [false, [{ part: 'totals', reason: 'source_silent', detail: DETAIL, see: 'docs/faults.md#gap-source_silent' }]],
      );
    assertClean(bench.sandbox.world.received);
    const counts = taken(bench.sandbox.world.received).events.filter(
      ({ type }) => type === 'filter_count' || type === 'event_count',
    );
    assert.deepEqual(
      counts
        .map((it) => [it['filter'], it['type'], it['project'], it['value'], it['complete'], it['reason']])
        .toSorted(),
      [
        ['both', 'event_count', 'blue', 0, 0, 'source_silent'],
        ['both', 'event_count', 'red', 0, 0, 'source_silent'],
        ['both', 'filter_count', undefined, 0, 0, 'source_silent'],
        ['red', 'event_count', 'red', 0, 0, 'source_silent'],
        ['red', 'filter_count', undefined, 0, 0, 'source_silent'],
      ],
    );
  });

  it('is said although one filter can never be read: by pages a raw query is a fault in every run', async () => {
    const { world } = bench.sandbox;
    world.setFlavour('glitchtip');
    world.addEvents(burst('red', 5000, 180).map((event) => ({ ...event, at: START - 1000 })));
    const service = await bench.serve([...FILTERS, { name: 'raw', projects: ['red'], query: 'release:1.4' }], {
      SENTRY_PAGES_PER_SECOND: '0',
    });
    const { body } = await service.post();
    const told = body.reports.map(({ filter, error, gaps }: Json) => [
      filter,
      error !== undefined,
      gaps.filter(({ part }: Json) => part === 'totals').map(({ reason }: Json) => reason as string),
    ]);
    assert.deepEqual(told, [
      ['red', false, ['source_silent']],
      ['both', false, ['source_silent']],
      ['raw', true, ['not_answered']],
    ]);
  });

  for (const flavour of ['sentry', 'glitchtip'] as const)
    it(`is not said of a window of the future: a clock is wrong then, and that is all (${flavour})`, async () => {
      const { world } = bench.sandbox;
      world.setFlavour(flavour);
      world.addEvents(burst('red', 5000, 200).map((event) => ({ ...event, at: START - 600_000 })));
      world.clock.offset(-600_000);
      const service = await bench.serve(FILTERS, { SENTRY_PAGES_PER_SECOND: '0' });
      const own = await service.post();
      assert.deepEqual([own.status, own.body.status], [503, 'failed']);
      const named = await service.post('?at=1795169250');
      const told = named.body.reports.map(({ complete, gaps }: Json) => [complete, gaps[0].reason, gaps[0].detail]);
      const detail =
        'whether the source fell silent could not be asked: by its own clock the window is not over yet; ' +
        "set this server's clock right, or the one that gave at";
      assert.deepEqual([named.status, told], [200, Array(2).fill([false, 'not_answered', detail])]);
      assert.ok(!JSON.stringify([named.body, own.body, service.log]).includes('source_silent'));
    });

  for (const [what, events] of [
    ['few events in the hour before', (): ReturnType<typeof burst> => before(179)],
    [
      'an event in the window, of whatever project',
      (): ReturnType<typeof burst> => [...before(500), { at: START, project: 'other', issue: 5000 }],
    ],
    ['no events at all', (): ReturnType<typeof burst> => []],
  ] as const) {
    it(`is not one with ${what}: zero is zero`, async () => {
      bench.sandbox.world.addEvents(events());
      const { body } = await (await bench.serve(FILTERS)).post();
      assert.deepEqual(
        [body.incomplete, body.reports.map(({ complete, gaps }: Json) => [complete, gaps]), asked()],
        [
          0,
          [
            [true, []],
            [true, []],
          ],
          1,
        ],
      );
    });
  }

  it('is not asked for when a filter counts something', async () => {
    bench.sandbox.world.addEvents([...before(500), ...burst('blue', 1, 1)]);
    const { body } = await (await bench.serve(FILTERS)).post();
    assert.deepEqual(
      [body.incomplete, asked(), body.reports.map(({ filter }: Json) => filter as string).toSorted()],
      [0, 0, ['both', 'red']],
    );
  });
});
