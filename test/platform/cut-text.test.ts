import assert from 'node:assert/strict';
import { cutText } from '../../src/platform/cut-text.ts';

describe('a text that is too long', () => {
  it('is its first 4,095 characters and a mark', () => {
    assert.equal(cutText(`${'x'.repeat(4095)}yz`), `${'x'.repeat(4095)}…`);
    assert.equal(cutText('é'.repeat(200_000)), `${'é'.repeat(4095)}…`);
  });

  it('up to 4,096 characters stays as it is', () => {
    for (const text of ['', 'a', 'x'.repeat(4096)]) assert.equal(cutText(text), text);
  });

  it('never ends in half a character', () => {
    assert.equal(cutText(`${'x'.repeat(4094)}😀😀`), `${'x'.repeat(4094)}…`);
    assert.equal(cutText(`${'x'.repeat(4093)}😀😀`), `${'x'.repeat(4093)}😀…`);
  });
});
