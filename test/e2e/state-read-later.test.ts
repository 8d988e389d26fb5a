import assert from 'node:assert/strict';
import { type CatchUpBench, isoOfWindow, openCatchUpBench, startOf } from '../support/catch-up/bench.ts';
import { taken } from '../support/e2e/received-records.ts';
import type { FilterSpec } from '../support/e2e/service.ts';
import { events, openRecountBench } from '../support/recount/bench.ts';

/** What is the latest release changes with time, as an issue's state does. */
const STATE: FilterSpec = { name: 'state', projects: ['web'], query: '!release:latest' };
const PLAIN: FilterSpec = { name: 'plain', projects: ['web'], query: '!release:1.0' };

describe('a filter that asks for a state, in a window that is read later', () => {
  describe('is incomplete, because it was counted by the state of now', () => {
    let bench: CatchUpBench;
    beforeEach(async () => {
      bench = await openCatchUpBench();
      bench.fill(['web'], 0, 8);
    });
    afterEach(() => bench.close());

    /** By filter and window, of the records that came. */
    const said = (filter: string): Record<string, unknown> =>
      Object.fromEntries(
        taken(bench.sandbox.world.received)
          .events.filter((it) => it['type'] === 'filter_count' && it['filter'] === filter)
          .map((it) => [(Number(it['windowStart']) - startOf(0)) / 300_000, [it['complete'], it['reason'] ?? '']]),
      );
    const LATER = [0, 'state_read_later'];
    const WELL = [1, ''];

    it('caught up', async () => {
      bench.at(0);
      const service = await bench.serve([STATE, PLAIN]);
      await bench.tick(service, 0);
      await bench.tick(service, 3);
      assert.deepEqual(said('state'), { 0: WELL, 1: LATER, 2: LATER, 3: WELL });
      assert.deepEqual(said('plain'), { 0: WELL, 1: WELL, 2: WELL, 3: WELL });
    });

    it('in a range', async () => {
      bench.at(5);
      const service = await bench.serve([STATE, PLAIN]);
      await service.post(`?start=${isoOfWindow(1)}&end=${isoOfWindow(3)}`);
      assert.deepEqual(
        [said('state'), said('plain')],
        [
          { 1: LATER, 2: LATER },
          { 1: WELL, 2: WELL },
        ],
      );
    });

    it('named by its end, unless it is the last settled one', async () => {
      bench.at(5);
      const service = await bench.serve([STATE]);
      for (const window of [2, 5]) {
        const { body } = await service.post(`?end=${isoOfWindow(window + 1)}`);
        const { complete, gaps } = body.reports[0];
        assert.deepEqual([complete, gaps.length], window === 5 ? [true, 0] : [false, 1]);
      }
      assert.deepEqual(said('state'), { 2: LATER, 5: WELL });
    });
  });

  it('is not counted again', async () => {
    const bench = await openRecountBench();
    try {
      await bench.start({ RECOUNT: '10m,1h' }, [STATE, PLAIN]);
      bench.sandbox.world.addEvents([...events('web', 20), ...events('web', 3, 9 * 60_000)]);
      for (const after of [0, 600_000, 3_600_000]) await bench.tick(after);
      assert.deepEqual(bench.values('filter_count', 'plain'), [
        [0, 20],
        [1, 23],
      ]);
      assert.deepEqual(bench.values('filter_count', 'state'), [[0, 20]]);
    } finally {
      await bench.close();
    }
  });
});
