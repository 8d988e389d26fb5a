import assert from 'node:assert/strict';
import { addLists, listOf } from '../../../../src/storage/ledger/events/count-lists.ts';

describe('counts of issues as a row keeps them', () => {
  const added = (texts: readonly string[], wanted?: readonly string[]) => {
    const counts = new Map([['a', 1]]);
    addLists(texts, counts, wanted && new Set(wanted));
    return [...counts];
  };
  const TEXTS = [
    listOf([
      ['a', 2],
      ['b "x"', 5],
    ]),
    listOf([['c', 7]]),
  ];

  it('are added up, of all issues, of some or of one', () => {
    assert.deepEqual(added(TEXTS), [
      ['a', 3],
      ['b "x"', 5],
      ['c', 7],
    ]);
    assert.deepEqual(added(TEXTS, ['a', 'c']), [
      ['a', 3],
      ['c', 7],
    ]);
    assert.deepEqual(added(TEXTS, ['b "x"']), [
      ['a', 1],
      ['b "x"', 5],
    ]);
  });

  it('that this program did not write are refused', () => {
    const message = 'the ledger holds counts of events that this program did not write';
    assert.throws(() => added(['"a","b"']), { message });
    assert.throws(() => added(['1,2']), { message });
    assert.throws(() => added(['"a","b"'], ['a']), { message });
  });
});
