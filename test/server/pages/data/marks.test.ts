import assert from 'node:assert/strict';
import type { Window } from '../../../../src/core/model/window.ts';
import { Grid } from '../../../../src/server/pages/data/counts/grid.ts';
import { outagesIn } from '../../../../src/server/pages/data/marks.ts';

const FIVE = 300_000;

/** A filter that was counted in these windows. */
function counted(...places: readonly number[]): Grid {
  const grid = new Grid(FIVE, 50);
  for (const place of places) grid.put(place * FIVE, { events: 0, counted: 1, complete: 1, revision: 0 });
  return grid;
}

async function outages(
  grids: readonly Grid[],
  { first = 0, until = 10, elsewhere = [] }: { first?: number; until?: number; elsewhere?: readonly number[] } = {},
): Promise<readonly (readonly [number, number])[]> {
  const marks = await outagesIn(grids, {
    span: { start: 0, end: 10 * FIVE },
    until: until * FIVE,
    first: first * FIVE,
    countedElsewhere: async (spans: readonly Window[]) => spans.filter(({ start }) => elsewhere.includes(start / FIVE)),
  });
  for (const { kind, text } of marks) assert.deepEqual([kind, text], ['outage', 'No filter was counted']);
  return marks.map(({ start, end }) => [start / FIVE, end / FIVE]);
}

describe('an outage', () => {
  it('is a stretch in which no filter was counted, between some that were', async () =>
    assert.deepEqual(await outages([counted(0, 1, 5, 8, 9), counted(0, 6, 9)]), [
      [2, 5],
      [7, 8],
    ]));

  it('is none where one filter was counted', async () =>
    assert.deepEqual(await outages([counted(0, 9), counted(1, 2, 3, 4, 5, 6, 7, 8)]), []));

  it('is none where a filter was counted that is not shown', async () =>
    assert.deepEqual(await outages([counted(0, 9)], { elsewhere: [1, 2, 3, 6, 7, 8] }), [[4, 6]]));

  it('is none before the first count of all, but may begin with the span when that was earlier', async () => {
    assert.deepEqual(await outages([counted(4, 9)], { first: 4 }), [[5, 9]]);
    assert.deepEqual(await outages([counted(4, 5, 6, 7, 8, 9)], { first: 4 }), []);
    assert.deepEqual(await outages([counted(4, 5, 6, 7, 8, 9)], { first: -3 }), [[0, 4]]);
  });

  it('is none while it lasts: that is said elsewhere', async () => {
    assert.deepEqual(await outages([counted(0, 1, 2)]), []);
    assert.deepEqual(await outages([counted(0, 1, 2)], { until: 3 }), []);
    assert.deepEqual(await outages([counted(0, 2)], { until: 3 }), [[1, 2]]);
  });

  it('is none without filters', async () => assert.deepEqual(await outages([]), []));
});
