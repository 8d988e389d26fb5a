import assert from 'node:assert/strict';
import fc from 'fast-check';
import { encodings, masker } from '../src/mask.ts';

describe('the mask', () => {
  it('hides a secret raw, URL-encoded, as form, in JSON and as base64 of both kinds', () => {
    const mask = masker(['p@ss "word"/+ü~?>']);
    assert.equal(mask('a p@ss "word"/+ü~?> b'), 'a *** b');
    assert.equal(mask('a p%40ss%20%22word%22%2F%2B%C3%BC~%3F%3E b'), 'a *** b');
    assert.equal(mask('a p%40ss+%22word%22%2F%2B%C3%BC%7E%3F%3E b'), 'a *** b');
    assert.equal(mask('a p@ss \\"word\\"/+ü~?> b'), 'a *** b');
    assert.equal(mask('a cEBzcyAid29yZCIvK8O8fj8+ b'), 'a *** b');
    assert.equal(mask('a cEBzcyAid29yZCIvK8O8fj8- b'), 'a *** b');
  });

  it('hides base64 with and without its padding', () => {
    assert.equal(masker(['secret1'])('x c2VjcmV0MQ== y c2VjcmV0MQ z'), 'x ***== y *** z');
  });

  it('hides every occurrence of every secret, the longest first', () => {
    assert.equal(masker(['abcdef', 'abcdefghi'])('abcdefghi abcdef abcdefghi'), '*** *** ***');
  });

  it('takes the characters of patterns literally', () => {
    assert.equal(masker(['a.c*e(f'])('abcde(f a.c*e(f'), 'abcde(f ***');
  });

  it('leaves short secrets and texts without secrets alone', () => {
    assert.equal(masker([])('abc'), 'abc');
    assert.equal(masker(['abcde'])('abcde'), 'abcde');
    assert.equal(masker(['abcdef'])('abcde'), 'abcde');
  });

  it('leaves no encoding of any secret in any text', () => {
    const secret = fc.string({ minLength: 6, unit: fc.constantFrom(...'abAB01+/="\\% ü😀.*') });
    fc.assert(fc.property(secret, fc.string(), fc.nat(5), (text, around, which) => {
      const form = encodings(text)[which % encodings(text).length]!;
      assert.ok(!masker([text])(`${around}${form}${around}`).includes(form) || '***'.includes(form) || around.includes(form));
    }));
  });
});
