import assert from 'node:assert/strict';
import { Grid } from '../../../../src/server/pages/data/counts/grid.ts';
import { filterData } from '../../../../src/server/pages/data/filter-data.ts';
import { filterOf } from '../../../support/build/reports.ts';

const FIVE = 300_000;
/** The window that was counted last is the 40th; the hour before it has the windows 28 to 39. */
const CURRENT = { start: 40 * FIVE, end: 41 * FIVE };

function dataOf(counts: Readonly<Record<number, number>>, incomplete: readonly number[] = []) {
  const grid = new Grid(FIVE, 100);
  for (const [place, events] of Object.entries(counts)) {
    const complete = incomplete.includes(Number(place)) ? 0 : 1;
    grid.put(Number(place) * FIVE, { events, counted: 1, complete, revision: 0 });
  }
  const span = { start: 29 * FIVE, end: CURRENT.end };
  const known = { windows: grid, bars: grid, source: null, first: 0 };
  const shown = { span, step: FIVE, until: CURRENT.end, current: CURRENT, before: false };
  return filterData(filterOf({ name: 'shop' }), known, shown);
}

describe('what the hour before tells of a filter', () => {
  it('is its middle, from six whole windows on', () => {
    assert.equal(dataOf({ 27: 99, 30: 1, 31: 9, 32: 2, 33: 8, 34: 3, 35: 7, 40: 50 }).usual, 5);
    assert.equal(dataOf({ 30: 1, 31: 9, 32: 2, 33: 8, 34: 3, 35: 7, 36: 4 }).usual, 4);
    assert.equal(dataOf({ 30: 1, 31: 9, 32: 2, 33: 8, 34: 3, 35: 7 }, [35]).usual, null);
  });

  it('is how many of its windows were not counted, since the first that ever was', () => {
    const hour = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [28 + n, 1]));
    assert.equal(dataOf({ ...hour, 40: 1 }).missed, 0);
    assert.equal(dataOf({ 36: 1, 38: 1, 40: 1 }).missed, 2, 'it began with the window 36');
    assert.equal(dataOf({ 3: 1, 36: 1, 38: 1, 40: 1 }).missed, 10, 'it was counted before that hour');
    assert.equal(dataOf({ 3: 1, 40: 1 }).missed, 12);
    assert.equal(dataOf({ 40: 1 }).missed, 0, 'it is new');
  });
});
