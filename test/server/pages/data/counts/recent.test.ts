import assert from 'node:assert/strict';
import type { Cell, Grids } from '../../../../../src/server/pages/data/counts/grid.ts';
import { type CellsRead, type ReadMark, recentGrids } from '../../../../../src/server/pages/data/counts/recent.ts';

const FIVE = 300_000;
const at = (step: number, events: number, revision = 0): readonly [number, Cell] => [
  step * FIVE,
  { events, counted: 1, complete: 1, revision },
];
/** Events by step from 0, null where there are none. */
const shown = (grids: Grids, steps = 4): Record<string, (number | null)[]> =>
  Object.fromEntries(
    [...grids].map(([name, grid]) => [
      name,
      Array.from({ length: steps }, (_, n) => grid.sum(n * FIVE, (n + 1) * FIVE)?.events ?? null),
    ]),
  );

/** Something was recorded each time. */
const always = (): ReadMark => {
  let times = 0;
  return async () => String(++times);
};

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
    const read = recentGrids(
      async (_filters, from, to, since) => {
        asked.push([from, to, since]);
        return answers[asked.length - 1]!;
      },
      always(),
      FIVE,
    );
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

  it('are read whole for other filters, a longer span, or when nobody knows what is new', async () => {
    const asked: (number | undefined)[] = [];
    const until = [500_000, 500_000, 0, 500_000, 500_000];
    const read = recentGrids(
      async (_filters, _from, _to, since) => {
        asked.push(since);
        return { cells: new Map([['a', [at(3, asked.length)]]]), until: until[asked.length - 1]!, from: null };
      },
      always(),
      FIVE,
    );
    await read(['a'], FIVE, 9 * FIVE);
    await read(['a', 'b'], FIVE, 9 * FIVE);
    await read(['a'], 0, 9 * FIVE);
    assert.deepEqual(shown((await read(['a'], 0, 9 * FIVE)).grids), { a: [null, null, null, 4] });
    await read(['a'], 0, 99 * FIVE);
    assert.deepEqual(asked, [0, 0, 0, 0, 0]);
  });

  it('are read further back for an earlier time, and what is kept stays', async () => {
    const asked: (readonly number[])[] = [];
    const answers: CellsRead[] = [
      { cells: new Map([['a', [at(40, 4), at(41, 5)]]]), until: 500_000, from: null },
      { cells: new Map([['a', [at(2, 2)]]]), until: 500_000, from: null },
      { cells: new Map(), until: 500_000, from: null },
    ];
    const read = recentGrids(
      async (_filters, from, to, since) => {
        asked.push([from / FIVE, to / FIVE, since]);
        return answers[asked.length - 1]!;
      },
      always(),
      FIVE,
    );
    await read(['a'], 40 * FIVE, 42 * FIVE);
    const { grids } = await read(['a'], 0, 42 * FIVE);
    const events = [2, 3, 40, 41].map((n) => grids.get('a')!.sum(n * FIVE, (n + 1) * FIVE)?.events ?? null);
    assert.deepEqual(events, [2, null, 4, 5]);
    assert.deepEqual(asked, [
      [40, 42, 0],
      [0, 40, 0],
      [0, 42, 380_000],
    ]);
  });

  it('are not read at all while nothing was recorded and no time passed', async () => {
    let reads = 0;
    const marks = ['one', 'one', 'two', 'two'];
    const read = recentGrids(
      async () => {
        reads++;
        return { cells: new Map([['a', [at(1, reads)]]]), until: 500_000, from: null };
      },
      async () => marks.shift()!,
      FIVE,
    );
    const looks: (object | number)[] = [];
    for (const to of [4, 4, 4, 4, 5]) looks.push([shown((await read(['a'], 0, to * FIVE)).grids)['a'], reads]);
    assert.deepEqual(looks, [
      [[null, 1, null, null], 1],
      [[null, 2, null, null], 2],
      [[null, 2, null, null], 2],
      [[null, 3, null, null], 3],
      [[null, 4, null, null], 4],
    ]);
  });
});
