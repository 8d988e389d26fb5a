import assert from 'node:assert/strict';
import type { Program } from '../../../src/app/assemble.ts';
import { fillSpan, windowsIn } from '../../../src/commands/run/fill-span.ts';
import type { RangeOrder, RangeResult } from '../../../src/core/backfill/fill-range.ts';
import type { Missing } from '../../../src/core/model/aftermath.ts';

const FIVE = 300_000;
const DAY = 86_400_000;
const START = Date.UTC(2026, 10, 20);
const missing = (...starts: readonly number[]): readonly Missing[] =>
  starts.map((start) => ({ start: START + start * FIVE, filter: 'shop', sink: 'anodot', held: false, kept: false }));
const filled = (reports: number) => ({ reports, error: null }) as RangeResult['windows'][number];
const result = (given: Partial<RangeResult>): RangeResult =>
  ({ windows: [], rest: { missing: [], stopped: null }, held: [], tooOld: [], ...given }) as unknown as RangeResult;

/** A span over answers that follow one another; null: the ledger is away. */
function stage(lists: readonly (readonly Missing[] | null)[], results: readonly (RangeResult | null)[]) {
  const [asked, skipped]: [number[], number[]] = [[], []];
  const [left, rest] = [[...lists], [...results]];
  let ended = 0;
  const ranges: Program['ranges'] = {
    list: async ({ span }) => (asked.push((span.end - span.start) / DAY), left.shift()!),
    run: async () => rest.shift()!,
  };
  const progress = { skip: (n: number) => void skipped.push(n), done: () => undefined, end: () => void ended++ };
  const fill = (days: number) =>
    fillSpan(
      { span: { start: START, end: START + days * DAY } } as RangeOrder,
      { ranges } as Program,
      progress,
      () => 'u',
    );
  return { asked, skipped, rest, fill, ended: () => ended };
}

describe('a span that is filled', () => {
  it('goes day by day, each until nothing is left, and skips what is there', async () => {
    const step = result({ windows: [filled(1)], rest: { missing: missing(1), stopped: 'deadline' } });
    const { fill, asked, skipped, ended } = stage(
      [missing(0, 1), []],
      [step, result({ windows: [filled(2)], held: missing(1) }), result({})],
    );
    const tally = await fill(1.5);
    assert.equal(tally?.reports, 3);
    assert.deepEqual(asked, [1, 0.5]);
    assert.deepEqual(skipped, [286, 0, 1, 144, 0]);
    assert.equal(ended(), 1);
    assert.equal(windowsIn({ start: 0, end: DAY }), 288);
  });

  it('ends with the day in which it got no further', async () => {
    const rest = { missing: missing(0), stopped: 'deadline' } as const;
    const { fill, asked } = stage([missing(0)], [result({ rest })]);
    assert.equal((await fill(3))?.stopped, 'deadline');
    assert.equal(asked.length, 1);
  });

  it('is not known where the ledger is away, before or meanwhile', async () => {
    const before = stage([null], []);
    assert.deepEqual([await before.fill(1), before.ended()], [null, 1]);
    const meanwhile = stage([missing(0)], [null]);
    assert.deepEqual([await meanwhile.fill(2), meanwhile.ended(), meanwhile.asked.length], [null, 1, 1]);
  });
});
