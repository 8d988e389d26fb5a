import assert from 'node:assert/strict';
import { beforeOf, chartOf, spanBefore, windowsIn } from '../../../src/core/digests/windows.ts';

const FIVE = 300_000;
/** 2026-11-20T10:00Z */
const AT = 1_795_168_800_000;
const iso = (window: number): string => new Date(AT + window * FIVE).toISOString();
const counted = (at: number, events: number, complete = true, silent = false) => {
  return { start: AT + at * FIVE, events, complete, silent };
};

describe('the windows of a digest', () => {
  it('are told apart: with events, incomplete, silent, not counted; neighbours are one gap', () => {
    const all = [counted(0, 5), counted(1, 0, false), counted(2, 7, false), counted(3, 0, false, true), counted(6, 0)];
    assert.deepEqual(windowsIn({ start: AT, end: AT + 8 * FIVE }, all), {
      all: 8,
      counted: 5,
      withEvents: 2,
      incomplete: 3,
      silent: 1,
      notCounted: 3,
      gaps: [
        { start: iso(1), end: iso(3), what: 'incomplete' },
        { start: iso(3), end: iso(4), what: 'silent' },
        { start: iso(4), end: iso(6), what: 'not counted' },
        { start: iso(7), end: iso(8), what: 'not counted' },
      ],
    });
  });

  it('are compared with a time of the same length before them', () => {
    const span = spanBefore({ start: AT, end: AT + 3 * FIVE });
    assert.deepEqual(beforeOf(span, { windows: 3, complete: 2, events: 9 }, 4), {
      start: iso(-3),
      end: iso(0),
      events: 9,
      issues: 4,
      complete: false,
    });
    assert.deepEqual(beforeOf(span, undefined, undefined), {
      start: iso(-3),
      end: iso(0),
      events: null,
      issues: null,
      complete: false,
    });
  });

  it('are bars of a chart: a zero, a lower bound and what was not counted are told apart', () => {
    const sums = new Map([
      [AT - 2 * 3_600_000, { windows: 24, complete: 24, events: 0 }],
      [AT - 3_600_000, { windows: 24, complete: 23, events: 8 }],
    ]);
    const { bars, start, end, barMs } = chartOf('7d', { end: AT, filters: 2, sums });
    assert.deepEqual([bars.length, start, end, barMs], [168, iso(-7 * 288), iso(0), 3_600_000]);
    assert.deepEqual(bars.slice(-3), [
      { start: iso(-36), events: null, counted: false, complete: false },
      { start: iso(-24), events: 0, counted: true, complete: true },
      { start: iso(-12), events: 8, counted: true, complete: false },
    ]);
    assert.deepEqual(
      [
        chartOf('12h', { end: AT, filters: 1, sums: new Map() }).bars.length,
        chartOf('24h', { end: AT, filters: 1, sums: new Map() }).bars.length,
      ],
      [144, 144],
    );
  });
});
