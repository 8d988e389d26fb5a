import assert from 'node:assert/strict';
import { placesBy, rowsIn, tableIn, tableOf, type Value } from '../../../src/storage/database/table.ts';

describe('rows by column', () => {
  const blob = new Uint8Array([1, 2]);
  const rows: readonly (readonly Value[])[] = [
    ['a', 1, null, blob, 5n],
    ['', -0.5, 'x', blob, 2n ** 60n],
    ['a', 2 ** 53, 'a', null, 0n],
  ];

  it('are the same rows again', () => {
    const [one, two, three] = rowsIn(structuredClone(tableOf(['text', 'number', 'null', 'blob', 'big'], rows)));
    assert.deepEqual(one, { text: 'a', number: 1, null: null, blob, big: 5n });
    assert.deepEqual(two, { text: '', number: -0.5, null: 'x', blob, big: 2n ** 60n });
    assert.deepEqual(three, { text: 'a', number: 2 ** 53, null: 'a', blob: null, big: 0n });
    assert.deepEqual(rowsIn(tableOf(['a'], [])), []);
  });

  it('have texts that come again once, and numbers as they lie in memory', () => {
    const many = Array.from({ length: 1000 }, (_, n): Value[] => [`name-${n % 7}`, `text-${n}`, n]);
    const table = tableOf(['name', 'text', 'number'], many);
    const [name, text, number] = table.columns;
    assert.equal(name!.values.length, 7);
    assert.equal(text!.places, undefined);
    assert.ok(number!.values instanceof Float64Array);
    const expected = many.map(([of, said, value]) => ({ name: of, text: said, number: value }));
    assert.deepEqual(rowsIn(table), expected);
    assert.deepEqual(placesBy(table, 'name').get('name-3')!.slice(0, 3), [3, 10, 17]);
    assert.deepEqual(rowsIn(tableIn(expected as Record<string, Value>[])), expected);
  });
});
