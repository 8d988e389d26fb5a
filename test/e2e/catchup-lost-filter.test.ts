import assert from 'node:assert/strict';
import { booked, type CatchUpBench, due, isoOfWindow, openCatchUpBench, range } from '../support/catch-up/bench.ts';
import type { FilterSpec } from '../support/e2e/service.ts';

const WEB: FilterSpec = { name: 'f-web', projects: ['web'] };
const API: FilterSpec = { name: 'f-api', projects: ['api'] };

/** Of the windows that were worked off, start and how many filters were not read. */
type Worked = readonly { readonly start: string; readonly unread: number }[];

describe('a filter that lost its project, in the catch-up', () => {
  let bench: CatchUpBench;
  beforeEach(async () => {
    bench = await openCatchUpBench();
    bench.fill(['web', 'api'], 0, 12);
  });
  afterEach(() => bench.close());

  it('holds up none of the others, not after a restart either, and is filled when it has the project again', async () => {
    const before = await bench.serve([WEB, API]);
    await bench.tick(before, 0);
    bench.sandbox.world.deleteProject('api');
    for (const window of range(1, 6)) assert.equal((await bench.tick(before, window)).status, 502);

    // No run for windows 6 to 9. What the older windows lack is only of the filter that cannot be read.
    const after = await bench.serve([WEB, API], {}, 'host-2');
    const { body } = await bench.tick(after, 10);
    assert.deepEqual(
      (body.catchUp.windows as Worked).map(({ start, unread }) => [start, unread]),
      range(6, 10).map((window) => [isoOfWindow(window), 0]),
    );
    assert.deepEqual([body.catchUp.stopped, body.catchUp.behind], ['trouble', 9]);
    assert.deepEqual(booked(bench.sandbox), { ...due([WEB], range(0, 11)), ...due([WEB, API], [0]) });

    bench.sandbox.world.allowProject('api');
    await bench.tick(after, 11);
    const last = await bench.tick(after, 12);
    assert.deepEqual([last.status, last.body.catchUp.behind], [200, 0]);
    assert.deepEqual(booked(bench.sandbox)['anodot f-api 3'], [2 + 3]);
  });

  it('in a range, too: windows that lack only this filter cost three readings', async () => {
    const service = await bench.serve([WEB, { ...API, projects: ['gone'] }]);
    bench.at(11);
    await bench.delivered([WEB], range(0, 8));
    const { status, body } = await service.post(`?start=${isoOfWindow(0)}&end=${isoOfWindow(12)}`);
    assert.equal(status, 502, JSON.stringify(body).slice(0, 300));
    assert.deepEqual(booked(bench.sandbox), due([WEB], range(8, 12)));
  });
});
