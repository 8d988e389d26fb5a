import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  isoOf,
  isSettled,
  longAgo,
  parseInstant,
  partsOf,
  PERIOD_MS,
  reportId,
  windowAt,
  windowEndingAt,
} from '../../../src/core/model/window.ts';

const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) });
const settle = fc.integer({ min: 0, max: 3_600_000 });

describe('an instant that cannot be meant', () => {
  it('is before the year 2000, also by a clock that stands there, or ten years ago', () => {
    const now = Date.UTC(2026, 10, 20);
    assert.equal(longAgo(Date.UTC(1999, 11, 31, 23, 59, 59), now), 'before the year 2000');
    assert.equal(longAgo(0, Date.UTC(1970, 0, 2)), 'before the year 2000');
    assert.equal(longAgo(Date.UTC(2000), Date.UTC(2001)), null);
    assert.equal(longAgo(Date.UTC(2016, 10, 19), now), 'ten years ago or more');
    assert.equal(longAgo(Date.UTC(2016, 10, 21), now), null);
  });
});

describe('windows', () => {
  it('are five minutes on the UTC grid, the last one that is settled', () => {
    assert.equal(PERIOD_MS, 300_000);
    const at = (text: string): string[] => {
      const { start, end } = windowAt(Date.parse(text), 120_000);
      return [isoOf(start), isoOf(end)];
    };
    assert.deepEqual(at('2026-11-20T10:07:00.000Z'), ['2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z']);
    assert.deepEqual(at('2026-11-20T10:06:59.999Z'), ['2026-11-20T09:55:00.000Z', '2026-11-20T10:00:00.000Z']);
    assert.deepEqual(at('2026-11-20T10:11:59.999Z'), ['2026-11-20T10:00:00.000Z', '2026-11-20T10:05:00.000Z']);
    assert.deepEqual(at('2026-01-01T00:01:00Z'), ['2025-12-31T23:50:00.000Z', '2025-12-31T23:55:00.000Z']);
  });

  it('at any instant, are settled, on the grid, and the last such ones', () => {
    fc.assert(
      fc.property(instant, settle, (at, settleMs) => {
        const { start, end } = windowAt(at, settleMs);
        assert.equal(end - start, 300_000);
        assert.equal(Math.abs(start % 300_000), 0);
        assert.ok(isSettled({ start, end }, at, settleMs));
        assert.ok(!isSettled({ start: end, end: end + 300_000 }, at, settleMs));
      }),
    );
  });

  it('of consecutive ticks have no gap and no overlap, and each instant is in exactly one', () => {
    fc.assert(
      fc.property(instant, settle, fc.integer({ min: 0, max: 20 }), (at, settleMs, ticks) => {
        const windows = Array.from({ length: ticks }, (_, tick) => windowAt(at + tick * 300_000, settleMs));
        windows.forEach((window, index) => index > 0 && assert.equal(window.start, windows[index - 1]!.end));
        const seen = at - settleMs - 300_000;
        const holders = [-1, 0, 1]
          .map((tick) => windowAt(at + tick * 300_000, settleMs))
          .filter(({ start, end }) => start <= seen && seen < end);
        assert.equal(holders.length, 1);
      }),
    );
  });

  it('by their end exist only on the grid', () => {
    assert.deepEqual(windowEndingAt(1_795_169_100_000), { start: 1_795_168_800_000, end: 1_795_169_100_000 });
    for (const off of [1, -1, 60_000, 299_999]) assert.equal(windowEndingAt(1_795_169_100_000 + off), null);
  });

  it('are settled from the very instant on', () => {
    const window = { start: 0, end: 300_000 };
    assert.deepEqual([isSettled(window, 419_999, 120_000), isSettled(window, 420_000, 120_000)], [false, true]);
  });

  it('name reports by filter and start', () => {
    assert.equal(reportId('crm', { start: 1_795_168_800_000, end: 1_795_169_100_000 }), 'crm@2026-11-20T10:00:00.000Z');
  });

  it("and filter are read from a report's id, and from nothing else", () => {
    assert.deepEqual(partsOf('crm@2026-11-20T10:00:00.000Z'), { filter: 'crm', start: 1_795_168_800_000 });
    for (const id of ['crm', 'crm@', 'crm@today', '']) assert.equal(partsOf(id), null);
  });
});

describe('an instant in text', () => {
  for (const [text, at] of [
    ['2026-11-20T10:00:00Z', 1_795_168_800_000],
    ['2026-11-20T10:00Z', 1_795_168_800_000],
    ['2026-11-20T10:00:00.5Z', 1_795_168_800_500],
    ['2026-11-20T12:30:00+02:30', 1_795_168_800_000],
    ['2026-11-20T05:00:00.000-05:00', 1_795_168_800_000],
  ] as const)
    it(`reads ${text}`, () => assert.equal(parseInstant(text), at));

  for (const text of [
    '',
    'now',
    '2026-11-20T10:00:00',
    '2026-11-20',
    '2026-13-20T10:00:00Z',
    '2026-11-20T25:00:00Z',
    '2026-11-20 10:00:00Z',
    '2026-11-20T10:00:00.1234Z',
    '1795168800',
    '2026-11-20T10:00:00Zx',
    'x2026-11-20T10:00:00Z',
  ]) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.equal(parseInstant(text), null));
  }
});
