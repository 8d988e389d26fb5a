import assert from 'node:assert/strict';
import { whyLine } from '../../../src/server/http/why.ts';

describe('the line of a reason', () => {
  it('is what it was given, when that can stand in a header', () =>
    assert.equal(whyLine('newrelic: 403 this is a user key'), 'newrelic: 403 this is a user key'));

  it('has one line, and only printable ASCII', () => {
    assert.equal(whyLine(' a\r\nSet-Cookie: x=1\t\u0000b\u0085c '), 'a Set-Cookie: x=1 b c');
    assert.equal(whyLine('für 5 € \u{1f600} \u001b[31mred\u007f'), 'f?r 5 ? ? [31mred');
    assert.equal(whyLine('cut off…'), 'cut off...');
  });

  it('has 300 characters at the most, and says when there were more', () => {
    assert.equal(whyLine('x'.repeat(300)), 'x'.repeat(300));
    assert.equal(whyLine('x'.repeat(301)), `${'x'.repeat(297)}...`);
  });
});
