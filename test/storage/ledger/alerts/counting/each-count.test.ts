import assert from 'node:assert/strict';
import { eachCount, readIds } from '../../../../../src/storage/ledger/alerts/counting/each-count.ts';

describe('the issues of windows as they are written', () => {
  const counts = (texts: string, ids = readIds()): unknown[] => {
    const found: unknown[] = [];
    eachCount(texts, ids, (...one) => found.push(one));
    return found;
  };

  it('are read of one window and of several, also where one has none', () => {
    const one = '{"projects":["web","issues"],"issues":[["6507376925",0,12,3,67,1.5,null],["7",1,1,0,0,null,null]]}';
    const none = '{"projects":[],"issues":[]}';
    const large = '{"projects":["api"],"issues":[["9007199254740993",0,9007199254740991,40,3,0.25,1e-7]]}';
    assert.deepEqual(counts(`${one},${none},${large}`), [
      ['6507376925', 12, 3, true],
      ['7', 1, 0, false],
      ['9007199254740993', 9007199254740991, 40, false],
    ]);
    assert.deepEqual(counts(none), []);
  });

  it('have ids of any letters', () => {
    const ids = ['a"b', 'back\\', '\\"', '],["x",0,1', '"issues":[', 'ü\u0000\u2028😀', ''];
    const text = JSON.stringify({ projects: ids, issues: ids.map((id, n) => [id, 0, n, 1, 0, null, null]) });
    const expected = ids.map((id, n) => [id, n, 1, false]);
    assert.deepEqual(counts(text), expected);
    assert.deepEqual(counts(`${text},${text}`), [...expected, ...expected]);
  });

  it('have ids in the same slot, and ids of which one begins as another', () => {
    const many = Array.from({ length: 9_000 }, (_, n) => String(n));
    const ids = [...many, '77', '777', '77', ...many.toReversed()];
    const text = JSON.stringify({ projects: ['web'], issues: ids.map((id) => [id, 0, 1, 1, 0, null, null]) });
    const found = counts(text).map((one) => (one as unknown[])[0]);
    assert.equal(
      found.findIndex((id, n) => id !== ids[n]),
      -1,
    );
    assert.equal(found.length, ids.length);
  });

  it('of another form are told, and not guessed at', () => {
    for (const text of [
      '',
      '[]',
      '{"issues":{}}',
      '{"issues":[',
      '{"issues":[["1",0,1,1',
      '{"issues":[["1',
      '{"issues":[["1\\',
      '{"issues":[["1",0,1,1]]}',
      '{"issues":[["1",0,"2",1,0,null,null]]}',
      '{"issues":[["1",0,-2,1,0,null,null]]}',
      '{"issues":[[1,0,2,1,0,null,null]]}',
      '{"issues":[["1",0,1,1,0,null,null]}',
      '{"issues":[{"id":"1"}]}',
    ])
      assert.throws(() => counts(text), /that this program did not write/, text);
  });
});
