import assert from 'node:assert/strict';
import { setUp } from './cut-off-server.ts';

describe('the circuit breaker before a ledger', () => {
  it('leaves a ledger that failed alone for two seconds, so that runs do not wait for it again and again', async () => {
    const stage = setUp('safe');
    stage.cut.from('began');
    await stage.go();
    assert.deepEqual(stage.cut.calls, ['began']);
    stage.clock.advance(1_999);
    await stage.go();
    assert.deepEqual(stage.cut.calls, ['began']);
    stage.clock.advance(1);
    await stage.go();
    assert.deepEqual(stage.cut.calls, ['began', 'began']);
  });
});
