import assert from 'node:assert/strict';
import type { Slot } from '../../../../src/server/pages/data/model.ts';
import { describe as inWords, wordsOf } from '../../../../src/server/pages/chart/words.ts';
import { START } from '../../../support/build/reports.ts';

const HOUR = 3_600_000;
const at = (events: number, rest: Partial<Slot> = {}): Slot => ({
  start: START,
  events,
  complete: true,
  revision: 0,
  ...rest,
});

describe('a slot in words', () => {
  const asked = { start: START, step: 300_000, slot: at(4), usual: null, before: undefined, marks: [] };

  it('has its time, its count, what is usual, what was before, how sure that is, and what happened', () => {
    for (const [given, lines] of [
      [{}, ['Fri 20 Nov, 10:00–10:05 UTC', '4 events']],
      [{ slot: at(1) }, ['Fri 20 Nov, 10:00–10:05 UTC', '1 event']],
      [{ slot: null, before: null }, ['Fri 20 Nov, 10:00–10:05 UTC', 'not counted', 'period before: not counted']],
      [
        { slot: at(1234, { complete: false, revision: 2 }), usual: { low: 2, high: 5.25 }, before: at(7) },
        [
          'Fri 20 Nov, 10:00–10:05 UTC',
          'at least 1,234 events',
          'usual 2 to 5.3',
          'period before: 7',
          'incomplete, revision 2',
        ],
      ],
      [
        { step: 3_600_000, slot: at(9, { complete: false, counted: 11 }), usual: { low: 3, high: 3 } },
        ['Fri 20 Nov, 10:00–11:00 UTC', 'at least 9 events', 'usual 3', 'incomplete, 11 of 12 windows counted'],
      ],
      [
        { step: 3_600_000, slot: at(9, { counted: 3 }) },
        ['Fri 20 Nov, 10:00–11:00 UTC', '9 events', 'under way, 3 of 12 windows counted'],
      ],
      [
        { step: 3_600_000, slot: at(3, { from: 'source', counted: 0, complete: false }) },
        ['Fri 20 Nov, 10:00–11:00 UTC', 'at least 3 events', 'incomplete, told by Sentry, not counted here'],
      ],
      [
        {
          slot: at(2, { from: 'source', counted: 0 }),
          marks: [{ kind: 'deploy', start: START, end: START, text: 'release 1.4' }],
        },
        ['Fri 20 Nov, 10:00–10:05 UTC', '2 events', 'told by Sentry, not counted here', 'deploy: release 1.4'],
      ],
    ] as const)
      assert.deepEqual(wordsOf({ ...asked, ...given }), lines);
  });
});

describe('a chart in words', () => {
  it('tells its span, its peak, and what is missing', () => {
    const later = (n: number, events: number, complete = true): Slot =>
      at(events, { start: START + n * 300_000, complete });
    assert.equal(
      inWords([later(0, 3), null, later(2, 1200, false)], START, 300_000, START),
      '10:00 to 10:15 UTC: 2 windows, highest 1,200 at 10:10, 1 incomplete, 1 not counted',
    );
    assert.equal(inWords([null, null], START, 300_000, START), '10:00 to 10:10 UTC: nothing was counted');
  });

  it('has days unless all of it is of today', () => {
    const hours = (length: number, from = START): string =>
      inWords(
        Array.from({ length }, (_, n) => at(n, { start: from + n * HOUR })),
        from,
        HOUR,
        START,
      );
    const midnight = Date.UTC(2026, 10, 20);
    assert.equal(hours(30), '20 Nov 10:00 to 21 Nov 16:00 UTC: 30 bars, highest 29 at 21 Nov 15:00');
    assert.equal(hours(24, midnight), '00:00 to 00:00 UTC: 24 bars, highest 23 at 23:00');
    assert.equal(hours(3, midnight - HOUR), '19 Nov 23:00 to 20 Nov 02:00 UTC: 3 bars, highest 2 at 20 Nov 01:00');
    assert.equal(hours(2, midnight - 9 * HOUR), '19 Nov 15:00 to 19 Nov 17:00 UTC: 2 bars, highest 1 at 19 Nov 16:00');
    assert.equal(inWords([at(1)], START, HOUR), '20 Nov 10:00 to 20 Nov 11:00 UTC: 1 bar, highest 1 at 20 Nov 10:00');
  });
});
