import assert from 'node:assert/strict';
import { everyRun, lastRun, runsUntil } from '../../../src/core/schedules/runs.ts';
import { slotsIn, together } from '../../../src/core/schedules/slots.ts';
import { cronRun } from '../../../src/platform/cron.ts';

const at = (iso: string): number => Date.parse(`${iso}Z`);
const PERIOD = 300_000;

describe('slots of a schedule', () => {
  it('of a week in Berlin have 169 and 167 hours when the clock changes, and tile time', () => {
    const next = cronRun('0 9 * * 1', 'Europe/Berlin');
    const slots = slotsIn(next, at('2026-10-19T07:00'), at('2027-04-06T00:00'));
    const windows = new Map(slots.map(({ start, end }) => [new Date(end).toISOString(), (end - start) / PERIOD]));
    assert.equal(windows.get('2026-10-26T08:00:00.000Z'), 2_028);
    assert.equal(windows.get('2027-03-29T07:00:00.000Z'), 2_004);
    assert.deepEqual([...new Set(windows.values())].toSorted(), [2_004, 2_016, 2_028]);
    for (const [index, { start }] of slots.entries()) if (index > 0) assert.equal(start, slots[index - 1]!.end);
    assert.equal(slots[0]!.start, at('2026-10-19T07:00'));
  });

  it('begin at the time before the first, whenever they became known, and end on the grid of windows', () => {
    const next = cronRun('2 9,17 * * 1,2,3,4,5', 'UTC');
    assert.deepEqual(slotsIn(next, at('2026-11-20T12:34'), at('2026-11-23T09:02')), [
      { start: at('2026-11-20T09:00'), end: at('2026-11-20T17:00') },
      { start: at('2026-11-20T17:00'), end: at('2026-11-23T09:00') },
    ]);
    assert.deepEqual(slotsIn(next, at('2026-11-23T09:00'), at('2026-11-23T17:01')), [], 'told once');
    const minutes = cronRun('* * * * *', 'UTC');
    const often = slotsIn(minutes, at('2026-11-20T10:00'), at('2026-11-20T10:10'));
    assert.deepEqual(
      often.map(({ start, end }) => [start, end].map((it) => new Date(it).toISOString().slice(11, 16))),
      [
        ['10:00', '10:05'],
        ['10:05', '10:10'],
      ],
    );
  });

  it('that were missed are told one by one up to three, else the old ones are one', () => {
    const slot = (n: number) => ({ start: n * PERIOD, end: (n + 1) * PERIOD });
    assert.deepEqual(
      together([0, 1, 2].map(slot)).map(({ start, end, dueAt }) => [start, end, dueAt].map((it) => it / PERIOD)),
      [
        [0, 1, 1],
        [1, 2, 2],
        [2, 3, 3],
      ],
    );
    assert.deepEqual(
      together([0, 1, 2, 3, 4, 5, 6].map(slot)).map(({ start, end, dueAt }) =>
        [start, end, dueAt].map((it) => it / PERIOD),
      ),
      [
        [0, 5, 1],
        [5, 6, 6],
        [6, 7, 7],
      ],
    );
  });

  it('are found however rare they are', () => {
    assert.equal(lastRun(cronRun('0 0 29 2 *', 'UTC'), at('2031-12-01T00:00')), at('2028-02-29T00:00'));
    assert.equal(lastRun(everyRun(15 * 60_000), at('2026-11-20T10:14')), at('2026-11-20T10:00'));
    assert.deepEqual(
      [...runsUntil(everyRun(8 * 3_600_000), at('2026-11-20T08:00'), at('2026-11-21T00:00'))],
      [at('2026-11-20T16:00'), at('2026-11-21T00:00')],
    );
  });
});
