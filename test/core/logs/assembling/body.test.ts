import assert from 'node:assert/strict';
import { addLine, emptyBody, lastLine, linesOf, takeLast } from '../../../../src/core/logs/assembling/body.ts';

/** So many lines: 500 are its beginning, 500 its end. */
function bodyOf(count: number) {
  const body = emptyBody();
  for (let index = 1; index <= count; index++) addLine(body, `line ${index}`);
  return body;
}

describe('the lines of a record', () => {
  it('are taken back from its end', () => {
    const body = bodyOf(501);
    assert.deepEqual([lastLine(body), takeLast(body), lastLine(body)], ['line 501', 'line 501', 'line 500']);
    assert.deepEqual([takeLast(body), linesOf(body).length], ['line 500', 499]);
    assert.equal(body.lastSize, 0);
    const empty = emptyBody();
    assert.deepEqual([takeLast(empty), lastLine(empty)], [undefined, undefined]);
  });

  it('are left out in its middle, beyond which none is taken back', () => {
    const body = bodyOf(1_002);
    assert.deepEqual(linesOf(body).slice(499, 502), ['line 500', '[cut, 2 lines left out]', 'line 503']);
    for (let index = 0; index < 500; index++) takeLast(body);
    assert.deepEqual([takeLast(body), lastLine(body)], [undefined, undefined]);
    assert.equal(linesOf(bodyOf(1_001))[500], '[cut, 1 line left out]');
  });

  it('that are too long are cut', () => {
    const body = emptyBody();
    addLine(body, 'x'.repeat(40_000));
    assert.match(linesOf(body)[0]!, /^x{32728} \[cut, 40000 letters\]$/);
  });
});
