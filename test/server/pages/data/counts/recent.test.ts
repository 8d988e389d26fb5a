import assert from 'node:assert/strict';
import type { Cell, Grids } from '../../../../../src/server/pages/data/counts/grid.ts';
import { type CellsRead, recentGrids } from '../../../../../src/server/pages/data/counts/recent.ts';

const FIVE = 300_000;
const at = (step: number, events: number, revision = 0): readonly [number, Cell] => [
  step * FIVE,
  { events, counted: 1, complete: 1, revision },
];
/** Events by step from 0, null where there are none. */
const shown = (grids: Grids, steps = 4): object =>
  Object.fromEntries(
    [...grids].map(([name, grid]) => [
      name,
      Array.from({ length: steps }, (_, n) => grid.sum(n * FIVE, (n + 1) * FIVE)?.events ?? null),
    ]),
  );

describe('counts of a span that moves on', () => {
  it('are read whole once, then only what was recorded since, two minutes and more', async () => {
    const asked: (readonly number[])[] = [];
    const answers: CellsRead[] = [
      {
        cells: new Map([
          ['a', [at(0, 1), at(1, 2)]],
          ['b', [at(1, 5)]],
        ]),
        until: 1_000_000,
        from: null,
      },
      { cells: new Map([['a', [at(1, 8, 1), at(2, 3)]]]), until: 1_300_000, from: null },
      { cells: new Map([['a', [at(1, 7)]]]), until: 1_310_000, from: null },
    ];
    const read = recentGrids(async (_filters, from, to, since) => {
      asked.push([from, to, since]);
      return answers[asked.length - 1]!;
    }, FIVE);
    assert.deepEqual(shown((await read(['a', 'b'], 0, 2 * FIVE)).grids), {
      a: [1, 2, null, null],
      b: [null, 5, null, null],
    });
    const { grids: later } = await read(['a', 'b'], FIVE, 3 * FIVE);
    assert.deepEqual(shown(later), { a: [1, 8, 3, null], b: [null, 5, null, null] }, 'the latest revision holds');
    const { grids: last } = await read(['a', 'b'], 2 * FIVE, 3 * FIVE);
    assert.deepEqual(shown(last), { a: [1, 8, 3, null], b: [null, 5, null, null] }, 'an older one changes nothing');
    assert.deepEqual(asked, [
      [0, 2 * FIVE, 0],
      [FIVE, 3 * FIVE, 880_000],
      [2 * FIVE, 3 * FIVE, 1_180_000],
    ]);
  });

  it('are read whole for other filters, an earlier time, a longer span, or when nobody knows what is new', async () => {
    const asked: (number | undefined)[] = [];
    const until = [500_000, 500_000, 500_000, 0, 500_000, 500_000];
    const read = recentGrids(async (_filters, _from, _to, since) => {
      asked.push(since);
      return { cells: new Map([['a', [at(3, asked.length)]]]), until: until[asked.length - 1]!, from: null };
    }, FIVE);
    await read(['a'], FIVE, 9 * FIVE);
    await read(['a', 'b'], FIVE, 9 * FIVE);
    await read(['a', 'b'], 0, 9 * FIVE);
    await read(['a'], 0, 9 * FIVE);
    assert.deepEqual(shown((await read(['a'], 0, 9 * FIVE)).grids), { a: [null, null, null, 5] });
    await read(['a'], 0, 99 * FIVE);
    assert.deepEqual(asked, [0, 0, 0, 0, 0, 0]);
  });
});
