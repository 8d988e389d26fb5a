import assert from 'node:assert/strict';
import { type Bench, burst, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const FILTERS: readonly FilterSpec[] = [
  { name: 'all', projects: ['web'] },
  { name: 'terms', projects: ['web'], searchTerms: ['trouble 101', 'slow'] },
];

describe('a self-hosted Sentry of 2022: transactions are never counted', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'sentry-2022' });
    const { world } = bench.sandbox;
    world.addProject({ slug: 'web' });
    world.addEvents([
      ...burst('web', 101, 12),
      ...burst('web', 102, 4, { type: 'default' }),
      ...Array.from({ length: 40 }, (_, n) => ({
        at: START + n * 1000,
        project: 'web',
        type: 'transaction',
        title: 'slow',
        user: `id:t${n}`,
      })),
    ]);
  });
  afterEach(() => bench.close());

  for (const [unknownDataset, source] of [
    ['refused', 'sentry-pages'],
    ['ignored', 'sentry'],
  ] as const)
    it(`that looks at a dataset that it does not know as ${unknownDataset}: read as ${source}`, async () => {
      bench.sandbox.world.settings.unknownDataset = unknownDataset;
      const service = await bench.serve(FILTERS, { SENTRY_PAGES_PER_SECOND: '0', TREND_BASELINES: '1h' });
      const { status, body, text } = await service.post();
      assert.equal(status, 200, text);
      assert.deepEqual(
        body.reports.map((it: Json) => [it.source, it.complete, it.totals[0].events, it.totals[0].users]),
        [
          [source, true, 16, 12],
          [source, true, 12, 12],
        ],
      );
      const [first] = body.reports;
      assert.deepEqual([first.totals[0].issues, first.unattributed], [2, 0]);
    });

  it('the zeros of a quiet window are asked about without transactions too', async () => {
    const { world } = bench.sandbox;
    world.settings.unknownDataset = 'ignored';
    world.addEvents([
      ...burst('web', 103, 200, { at: START - 60_000 }),
      { at: START + 400_000, project: 'web', type: 'transaction' },
    ]);
    bench.clock.advance(300_000);
    const service = await bench.serve([{ name: 'none', projects: ['web'], searchTerms: ['nothing'] }], {});
    const { body } = await service.post(`?debug=true&end=${new Date(START + 600_000).toISOString()}`);
    assert.deepEqual(
      body.reports[0].gaps.map(({ reason }: Json) => reason as string),
      ['source_silent'],
    );
  });
});
