import assert from 'node:assert/strict';
import { isWhole, NOTHING_YET, type Tally, textOf, withResult } from '../../../src/commands/run/tally.ts';
import type { RangeResult } from '../../../src/core/backfill/fill-range.ts';
import type { Filled, Missing } from '../../../src/core/model/aftermath.ts';

const START = Date.UTC(2026, 10, 20, 10);
const SPAN = { start: START, end: START + 3 * 300_000 };

/** So many windows that a filter's way to two sinks lacks: a report each. */
function missing(count: number): readonly Missing[] {
  return Array.from({ length: count }, (_, n) => START + n * 300_000).flatMap((start) =>
    ['one', 'two'].map((sink) => ({ start, filter: 'shop', sink, held: false, kept: false })),
  );
}

type Given = Pick<RangeResult, 'windows' | 'rest'> & Partial<RangeResult>;

function result(given: Given): RangeResult {
  return { held: [], tooOld: [], ...given } as unknown as RangeResult;
}

function filled(reports: number, error: string | null = null): Filled {
  return { window: SPAN, reports, error } as unknown as Filled;
}

const ALL_TRIED = { missing: [], stopped: null };

describe('what became of a span by hand', () => {
  it('adds up over the steps of the work', () => {
    const first = withResult(NOTHING_YET, result({ windows: [filled(2), filled(1, 'broke')], rest: ALL_TRIED }), []);
    const tooOld = [{ sink: 'one', reports: 4, from: 0, to: 0 }];
    const second = withResult(first, result({ windows: [filled(5)], rest: ALL_TRIED, held: missing(1), tooOld }), []);
    const third = withResult(second, result({ windows: [], rest: ALL_TRIED, tooOld }), []);
    assert.deepEqual(third, {
      reports: 8,
      failedWindows: 1,
      left: 0,
      stopped: null,
      held: 1,
      tooOld: new Map([['one', 8]]),
    } satisfies Tally);
    assert.equal(
      textOf(third, SPAN),
      '2026-11-20T10:00:00.000Z to 2026-11-20T10:15:00.000Z: 8 reports tried; 1 window not wholly delivered; ' +
        "1 in another server's hands; 8 too old for one, not sent",
    );
  });

  it('is not stopped by a deadline that the next step takes up, and is by one that nothing fitted into', () => {
    const rest = { missing: missing(2), stopped: 'deadline' } as const;
    const goesOn = withResult(NOTHING_YET, result({ windows: [filled(1)], rest }), []);
    assert.deepEqual([goesOn.stopped, goesOn.left, isWhole(goesOn)], [null, 0, true]);
    const stuck = withResult(NOTHING_YET, result({ windows: [], rest }), rest.missing);
    assert.deepEqual([stuck.stopped, stuck.left, isWhole(stuck)], ['deadline', 2, false]);
    assert.match(textOf(stuck, SPAN), /: 2 reports not tried \(deadline\)$/);
  });

  it('is whole only when all was delivered, now or before; what another server has in hand is no fault', () => {
    const of = (given: Partial<Tally>): Tally => ({ ...NOTHING_YET, ...given });
    assert.deepEqual(
      [of({}), of({ reports: 1 }), of({ held: 1 })].map((tally) => [isWhole(tally), textOf(tally, SPAN).slice(54)]),
      [
        [true, 'nothing was missing'],
        [true, '1 report tried; all delivered'],
        [true, "1 in another server's hands"],
      ],
    );
    for (const given of [{ failedWindows: 1 }, { left: 1 }, { stopped: 'trouble' }, { tooOld: new Map([['one', 1]]) }])
      assert.equal(isWhole(of(given as Partial<Tally>)), false, JSON.stringify(given));
  });
});
