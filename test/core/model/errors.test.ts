import assert from 'node:assert/strict';
import { faultOf, outcomeOf, undocumented, UpstreamError } from '../../../src/core/model/errors.ts';

describe('errors as data', () => {
  it('of a service keep message and whether trying again helps', () => {
    const error = new UpstreamError('svc: answered 503', { service: 'svc', status: 503, retryable: true });
    assert.deepEqual([error.name, error.status, error.message], ['UpstreamError', 503, 'svc: answered 503']);
    assert.deepEqual(faultOf(error), { message: 'svc: answered 503', retryable: true, tooLarge: false });
    assert.deepEqual(outcomeOf(error), {
      status: 'failed',
      fault: { message: 'svc: answered 503', retryable: true, tooLarge: false },
    });
  });

  it('of 413 say that fewer items may pass', () => {
    assert.equal(faultOf(new UpstreamError('m', { service: 's', status: 413, retryable: false })).tooLarge, true);
  });

  it('after which something may be stored leave the items uncertain', () => {
    const said = (maybeStored?: boolean): string =>
      outcomeOf(new UpstreamError('m', { service: 's', retryable: true, maybeStored })).status;
    assert.deepEqual([said(true), said(false), said()], ['uncertain', 'failed', 'failed']);
  });

  it('of ours are never tried again, whatever was thrown', () => {
    assert.deepEqual(faultOf(new TypeError('x is undefined')), {
      message: 'internal error: x is undefined',
      retryable: false,
    });
    assert.deepEqual(faultOf('text'), { message: 'internal error: text', retryable: false });
    assert.equal(outcomeOf(new TypeError('x')).status, 'failed');
  });

  it('an answer that is not documented is uncertain', () => {
    assert.equal(undocumented('svc', 200, 'SVC_URL').status, 'uncertain');
  });
});
