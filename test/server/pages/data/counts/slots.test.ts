import assert from 'node:assert/strict';
import { type Cell, Grid } from '../../../../../src/server/pages/data/counts/grid.ts';
import { type FilterCounts, slotsOf } from '../../../../../src/server/pages/data/counts/slots.ts';

const FIVE = 300_000;
const HOUR = 12 * FIVE;
const cell = (events: number, counted = 1, complete = counted, revision = 0): Cell => ({
  events,
  counted,
  complete,
  revision,
});

function grid(step: number, cells: Readonly<Record<number, Cell>>): Grid {
  const made = new Grid(step, 100);
  for (const [place, it] of Object.entries(cells)) made.put(Number(place) * step, it);
  return made;
}

function countsOf(bars: Grid, source: Grid | null = null, first = 0): FilterCounts {
  return { windows: bars, bars, source, first };
}

describe('bars of windows', () => {
  it('are the windows as they were counted; what was not counted is null', () =>
    assert.deepEqual(
      slotsOf(countsOf(grid(FIVE, { 1: cell(7), 2: cell(9, 1, 0, 3) })), {
        span: { start: 0, end: 4 * FIVE },
        step: FIVE,
        until: 4 * FIVE,
      }),
      [
        null,
        { start: FIVE, events: 7, complete: true, revision: 0 },
        { start: 2 * FIVE, events: 9, complete: false, revision: 3 },
        null,
      ],
    ));

  it("are the source's series up to the first that was counted, and nothing in a hole", () => {
    const source = grid(FIVE, { 0: cell(4), 1: cell(5), 2: cell(6), 3: cell(7) });
    assert.deepEqual(
      slotsOf(countsOf(grid(FIVE, { 1: cell(50), 3: cell(70) }), source, FIVE), {
        span: { start: 0, end: 4 * FIVE },
        step: FIVE,
        until: 4 * FIVE,
      }),
      [
        { start: 0, events: 4, complete: true, revision: 0, counted: 0, from: 'source' },
        { start: FIVE, events: 50, complete: true, revision: 0 },
        null,
        { start: 3 * FIVE, events: 70, complete: true, revision: 0 },
      ],
    );
  });
});

describe('bars of hours', () => {
  it('are complete only when every window that is due was counted whole; the last hour has fewer', () =>
    assert.deepEqual(
      slotsOf(
        countsOf(
          grid(HOUR, { 0: cell(100, 12), 1: cell(80, 11), 2: cell(90, 12, 11, 2), 3: cell(30, 3), 4: cell(20, 2) }),
        ),
        { span: { start: 0, end: 6 * HOUR }, step: HOUR, until: 4 * HOUR + 3 * FIVE },
      ),
      [
        { start: 0, events: 100, complete: true, revision: 0, counted: 12, due: 12 },
        { start: HOUR, events: 80, complete: false, revision: 0, counted: 11, due: 12 },
        { start: 2 * HOUR, events: 90, complete: false, revision: 2, counted: 12, due: 12 },
        { start: 3 * HOUR, events: 30, complete: false, revision: 0, counted: 3, due: 12 },
        { start: 4 * HOUR, events: 20, complete: false, revision: 0, counted: 2, due: 3 },
        null,
      ],
    ));

  it('add up to six hours', () =>
    assert.deepEqual(
      slotsOf(countsOf(grid(HOUR, { 6: cell(10, 12), 7: cell(20, 12), 11: cell(5, 12, 12, 1) })), {
        span: { start: 0, end: 12 * HOUR },
        step: 6 * HOUR,
        until: 12 * HOUR,
      }),
      [null, { start: 6 * HOUR, events: 35, complete: false, revision: 1, counted: 36, due: 72 }],
    ));

  it("are not the source's where they begin before the first window and end after it", () =>
    assert.deepEqual(
      slotsOf(countsOf(grid(HOUR, {}), grid(HOUR, { 0: cell(9, 12), 1: cell(8, 12, 0) }), 1.5 * HOUR), {
        span: { start: 0, end: 2 * HOUR },
        step: HOUR,
        until: 2 * HOUR,
      }),
      [{ start: 0, events: 9, complete: true, revision: 0, counted: 0, from: 'source' }, null],
    ));
});

describe('a grid', () => {
  it('forgets what is a round older than the newest, and takes no older count in its place', () => {
    const it = new Grid(FIVE, 3);
    for (const place of [5, 6, 7, 8, 5]) it.put(place * FIVE, cell(place));
    assert.deepEqual(
      [5, 6, 7, 8].map((place) => it.sum(place * FIVE, (place + 1) * FIVE)?.events ?? null),
      [null, 6, 7, 8],
    );
    assert.equal(
      it.findLast(9 * FIVE, () => true),
      8 * FIVE,
    );
    assert.equal(
      it.findLast(8 * FIVE, (start) => start < 7 * FIVE),
      6 * FIVE,
    );
    assert.equal(
      it.findLast(6 * FIVE, () => true),
      null,
    );
  });

  it('makes a step anew when it is counted again, and no other', () => {
    const it = grid(FIVE, { 1: cell(1), 2: cell(2), 4: cell(4) });
    const look = (): readonly (readonly number[] | null)[] =>
      it.made(0, 5 * FIVE, ({ events }, start) => [start / FIVE, events]);
    const first = look();
    assert.deepEqual(first, [null, [1, 1], [2, 2], null, [4, 4]]);
    it.put(2 * FIVE, cell(7, 1, 1, 1));
    it.put(2 * FIVE, cell(2));
    const second = look();
    assert.deepEqual(second, [null, [1, 1], [2, 7], null, [4, 4]]);
    assert.deepEqual(
      second.map((made, index) => made === first[index]),
      [true, true, false, true, true],
    );
  });

  it('makes steps around its end, where the oldest made room', () => {
    const it = new Grid(FIVE, 4);
    for (const place of [2, 3, 4, 5]) it.put(place * FIVE, cell(place));
    assert.deepEqual(
      it.made(FIVE, 7 * FIVE, ({ events }) => events),
      [null, 2, 3, 4, 5, null],
    );
    it.put(6 * FIVE, cell(6));
    assert.deepEqual(
      it.made(FIVE, 7 * FIVE, ({ events }) => events),
      [null, null, 3, 4, 5, 6],
    );
  });
});
