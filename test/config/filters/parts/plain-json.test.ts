import assert from 'node:assert/strict';
import { plainJson } from '../../../../src/config/filters/parts/plain-json.ts';
import { Written } from '../../../../src/config/filters/sheet.ts';

describe('a map of a file as JSON', () => {
  it('has scalars as YAML takes them, and lists and maps within', () => {
    const given = { version: new Written('1.10', 1.1), tags: ['a', new Written('yes', true)], own: { name: 'x' } };
    assert.equal(plainJson(given), '{"version":1.1,"tags":["a",true],"own":{"name":"x"}}');
    assert.equal(plainJson('{"a":1}'), '{"a":1}');
  });

  it('is none where it is no map, or something has no value', () => {
    for (const given of [
      ...['[1]', 'x', 7, ['a'], new Written('7', 7), { a: new Written('~', null) }, { a: ['x', 7] }],
      { a: { b: new Written('', null) } },
    ])
      assert.equal(plainJson(given), undefined, JSON.stringify(given));
  });
});
