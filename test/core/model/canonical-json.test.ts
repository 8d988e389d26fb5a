import assert from 'node:assert/strict';
import { canonicalItem, sorted } from '../../../src/core/model/canonical-json.ts';
import type { JsonValue } from '../../../src/core/model/item.ts';

describe('values in one order', () => {
  const same = (value: JsonValue, text: string): void => assert.equal(JSON.stringify(sorted(value)), text);

  it('have the keys of all their objects sorted, lists as they are', () => {
    same({ b: 1, a: [{ d: 2, c: { f: 3, e: null } }, 'x'] }, '{"a":[{"c":{"e":null,"f":3},"d":2},"x"],"b":1}');
    same({ a: { c: 1, b: 2 }, d: 3 }, '{"a":{"b":2,"c":1},"d":3}');
    same(
      [
        { b: 1, a: 2 },
        { '': 1, B: 2, a: 3 },
      ],
      '[{"a":2,"b":1},{"":1,"B":2,"a":3}]',
    );
    same({ b: 1, ['__proto__']: 2 }, '{"__proto__":2,"b":1}');
    same('text', '"text"');
  });

  it('that are so already are given back as they are', () => {
    const value = { a: [1, { b: 2, c: 'x' }], d: null };
    assert.equal(sorted(value), value);
  });

  it('are the body of an item, whose key and lane stay', () => {
    const item = { key: 'k', body: { b: 1, a: 2 } };
    assert.equal(JSON.stringify(canonicalItem(item)), '{"body":{"a":2,"b":1},"key":"k"}');
    assert.equal(
      JSON.stringify(canonicalItem({ ...item, lane: 'metrics' })),
      '{"body":{"a":2,"b":1},"key":"k","lane":"metrics"}',
    );
  });
});
