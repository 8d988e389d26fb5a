import assert from 'node:assert/strict';
import { type Bench, burst, openBench, START } from '../support/e2e/bench.ts';
import type { Json } from '../support/e2e/json.ts';

const FAST = { SENTRY_PAGES_PER_SECOND: '0' };

describe('GlitchTip: a source that fell silent', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench({ time: 'stopped', flavour: 'glitchtip' });
    bench.sandbox.world.addProject({ slug: 'web' });
    bench.sandbox.world.addProject({ slug: 'other' });
  });
  afterEach(() => bench.close());

  const asked = (endpoint: string): number =>
    bench.sandbox.world.requests.all().filter((it) => it.endpoint === endpoint).length;
  const reasons = async (): Promise<unknown> => {
    const service = await bench.serve([{ name: 'web', projects: ['web'] }], FAST);
    const { body } = await service.post();
    return body.reports[0].gaps.map(({ reason }: Json) => reason as string);
  };

  for (const [before, expected] of [
    [180, ['source_silent']],
    [179, []],
  ] as const)
    it(`${before} events in the hour before and none since: ${JSON.stringify(expected)}, by its hourly counts`, async () => {
      bench.sandbox.world.addEvents(burst('web', 101, before, { at: START - 1_800_000 }));
      assert.deepEqual([await reasons(), asked('stats'), asked('project-events')], [expected, 1, 1]);
    });

  it('the events of another project are not those of the filter', async () => {
    bench.sandbox.world.addEvents(burst('other', 101, 500, { at: START - 1_800_000 }));
    assert.deepEqual(await reasons(), []);
  });

  it('without hourly counts the pages of the hour before are read', async () => {
    const { world } = bench.sandbox;
    world.faults.add({ vendor: 'sentry', endpoint: 'stats', kind: 'status', status: 404 });
    world.addEvents(burst('web', 101, 180, { at: START - 1_800_000 }));
    assert.deepEqual([await reasons(), asked('stats')], [['source_silent'], 1]);
    assert.ok(asked('project-events') > 1);
  });
});
