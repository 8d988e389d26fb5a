import assert from 'node:assert/strict';
import { isWhole, receiptOf, settlementOf, tally } from '../../../src/core/delivery/receipt.ts';
import type { Item, Outcome } from '../../../src/core/model/item.ts';

const ITEMS: Item[] = ['a', 'b', 'c', 'd', 'e'].map((key) => ({ key, body: {} }));
const HOLD = { key: { reportId: 'r', revision: 0, sink: 's' }, token: 't-1' };
const OK = (ref?: string): Outcome => ({ status: 'accepted', ref });
const NO: Outcome = { status: 'refused', why: 'bad' };
const MAYBE: Outcome = { status: 'uncertain', fault: { message: 'cut', retryable: true } };
const FAIL: Outcome = { status: 'failed', fault: { message: 'down', retryable: true } };

describe('receipts', () => {
  it('count each kind, name what was refused and why, list each reference once, and the first error', () => {
    assert.deepEqual(tally(ITEMS, [OK('r1'), NO, MAYBE, FAIL, OK('r1')]), {
      accepted: 2,
      refused: [{ key: 'b', why: 'bad' }],
      uncertain: 1,
      failed: 1,
      refs: ['r1'],
      error: 'cut',
    });
    assert.deepEqual(tally(ITEMS.slice(0, 3), [OK('r1'), OK('r2'), OK()]), {
      accepted: 3,
      refused: [],
      uncertain: 0,
      failed: 0,
      refs: ['r1', 'r2'],
      error: undefined,
    });
    assert.deepEqual(tally([], []), { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [], error: undefined });
  });

  for (const [name, outcomes, status, whole] of [
    ['all accepted', [OK(), OK()], 'sent', true],
    ['nothing to send', [], 'sent', true],
    ['one failed', [OK(), FAIL], 'failed', false],
    ['one uncertain', [OK(), MAYBE], 'sent', false],
    ['one refused', [OK(), NO], 'sent', false],
    ['all refused', [NO, NO], 'failed', false],
    ['all uncertain', [MAYBE, MAYBE], 'failed', false],
    ['all failed', [FAIL, FAIL], 'failed', false],
  ] as const) {
    it(`with ${name} are ${status}, ${whole ? '' : 'not '}whole`, () => {
      const delivered = tally(ITEMS.slice(0, outcomes.length), outcomes);
      assert.deepEqual(
        [receiptOf(delivered, !outcomes.some(({ status: it }) => it === 'failed')).status, isWhole(delivered)],
        [status, whole],
      );
    });
  }

  it('uncertain ones that may be sent again make it failed', () => {
    assert.equal(receiptOf(tally(ITEMS.slice(0, 2), [OK(), MAYBE]), false).status, 'failed');
  });

  it('with an error of the whole are not whole', () => {
    assert.equal(
      isWhole({ accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [], error: 'cannot encode' }),
      false,
    );
  });
});

describe('what is remembered of a delivery', () => {
  const outcomes = [OK('r1'), NO, MAYBE, FAIL];
  const items = ITEMS.slice(0, 4);

  it('at a sink where repeats do harm: all but what certainly was not stored', () => {
    const { key, token, done, delivered } = settlementOf(HOLD, items, outcomes, false);
    assert.deepEqual({ key, token }, HOLD);
    assert.deepEqual(
      [done, [...delivered]],
      [
        false,
        [
          ['a', OK('r1')],
          ['b', NO],
          ['c', MAYBE],
        ],
      ],
    );
  });

  it('at a repeat-safe sink: uncertain items may be sent again', () => {
    const { done, delivered } = settlementOf(HOLD, items, outcomes, true);
    assert.deepEqual([done, [...delivered.keys()]], [false, ['a', 'b']]);
  });

  for (const [name, given, safe, other] of [
    ['accepted and refused', [OK(), NO], true, true],
    ['uncertain', [OK(), MAYBE], false, true],
    ['failed', [OK(), FAIL], false, false],
    ['nothing', [], true, true],
  ] as const) {
    it(`${name}: ${safe ? '' : 'not '}done at a repeat-safe sink, ${other ? '' : 'not '}at another`, () => {
      const settle = (repeatSafe: boolean): boolean =>
        settlementOf(HOLD, ITEMS.slice(0, given.length), given, repeatSafe).done;
      assert.deepEqual([settle(true), settle(false)], [safe, other]);
    });
  }
});
