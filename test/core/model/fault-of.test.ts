import assert from 'node:assert/strict';
import { faultOf, LedgerRefused, LedgerTrouble, tracedFaultOf, UpstreamError } from '../../../src/core/model/errors.ts';

describe('a fault of what was thrown', () => {
  it('keeps what an upstream said of it', () => {
    const gaps = [{ part: 'totals', reason: 'not_answered' }] as const;
    const facts = { service: 's', retryable: false, passes: true, status: 413, gaps } as const;
    assert.deepEqual(faultOf(new UpstreamError('no', facts)), {
      message: 'no',
      retryable: false,
      tooLarge: true,
      passes: true,
      gaps,
    });
    assert.deepEqual(faultOf(new UpstreamError('no', { service: 's', retryable: true })), {
      ...{ message: 'no', retryable: true, tooLarge: false },
    });
  });

  it('of the ledger may pass, or is refused', () => {
    assert.deepEqual(
      [faultOf(new LedgerTrouble('x')).retryable, faultOf(new LedgerRefused('x')).retryable],
      [true, false],
    );
  });

  it('of ours has its places, without where the program lies', () => {
    const error = Object.assign(new Error('odd'), {
      stack: 'Error: odd\n    at f (file:///srv/acme/src/core/a.ts:1:2)',
    });
    assert.deepEqual(tracedFaultOf(error), {
      message: 'internal error: odd',
      retryable: false,
      trace: ['at f (src/core/a.ts:1:2)'],
    });
    for (const thrown of ['odd', Object.assign(new Error('odd'), { stack: undefined })])
      assert.deepEqual(tracedFaultOf(thrown), { message: 'internal error: odd', retryable: false });
    assert.equal('trace' in tracedFaultOf(new LedgerTrouble('x')), false);
  });
});
