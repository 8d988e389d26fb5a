import assert from 'node:assert/strict';
import { likenessOf, NOISE, wordsOf } from '../../../../src/core/logs/similar/similar.ts';

const KNOWN = [
  'Traceback (most recent call last):',
  '  File "/srv/shop/views.py", line 81, in get_cart',
  '    return carts[cart_id]',
  "KeyError: 'cart-17'",
].join('\n');

function likeness(known: string, noise = NOISE): string {
  return likenessOf(wordsOf(KNOWN, noise), wordsOf(known, noise));
}

describe('texts that are like each other', () => {
  it('are compared by their words, without the noise', () => {
    const words = 'Traceback most recent call last srv shop views py getcart carts cartid KeyError cart';
    assert.deepEqual(wordsOf(KNOWN), words.split(' '));
    assert.deepEqual(wordsOf('Käse_brot 漢字 1a'), ['Käsebrot', '漢字', 'a']);
  });

  for (const [what, from, to, wanted] of [
    ['the same', '', '', 'exact'],
    ['another line number', '81', '90', 'exact'],
    ['other digits in the last word', 'cart-17', 'cart-99', 'exact'],
    ['a longer last line', "'cart-17'", "'cart-17' while merging", 'exact'],
    ['a folder of noise', '/srv/shop/', '/srv/shop/lib/site/', 'exact'],
    ['another last word', 'cart-17', 'basket-xyz', 'similar'],
    ['other last words', "'cart-17'", 'no cart forty', 'similar'],
    ['another exception', 'KeyError', 'IndexError', 'different'],
    ['other capitals', 'KeyError', 'keyError', 'different'],
    ['one more frame', '    return', '  File "/srv/shop/inner.py", line 3, in go\n    return', 'different'],
  ] as const)
    it(`${what}: ${wanted}`, () => assert.equal(likeness(KNOWN.replace(from, to)), wanted));

  it('may have another noise', () => {
    const changed = KNOWN.replace('/srv/shop/', '/srv/shop/blue/');
    assert.equal(likeness(changed), 'different');
    assert.equal(likeness(changed, [...NOISE, 'blue']), 'exact');
  });

  it('are none without words: nothing is like nothing', () => {
    assert.equal(likenessOf(wordsOf('123'), wordsOf(KNOWN)), 'different');
  });
});
