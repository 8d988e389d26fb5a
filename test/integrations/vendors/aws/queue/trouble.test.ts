import assert from 'node:assert/strict';
import { LedgerTrouble, UpstreamError } from '../../../../../src/core/model/errors.ts';
import { troubleOf } from '../../../../../src/integrations/vendors/aws/queue/trouble.ts';

describe('a queue that cannot be read', () => {
  const said = (error: object, isMade = false) => {
    const found = troubleOf(error, 'shop', (text) => text.replaceAll('s3cret', '…'), isMade);
    assert.ok(found instanceof UpstreamError);
    return [found.message, found.facts.retryable] as const;
  };

  it('says what to do where that is known, and then is not tried again at once', () => {
    assert.deepEqual(said({ name: 'QueueDoesNotExist' }), ['shop: there is no such queue; make it', false]);
    assert.match(said({ name: 'QueueDoesNotExist' }, true)[0], /make it, or write create: true beside it$/);
    assert.deepEqual(said({ name: 'SyntaxError' }), ['shop: no queue answers there: look at its address', false]);
  });

  it('else has its name and words, without secrets, on one line', () => {
    assert.deepEqual(said({ name: 'Odd', message: 'no s3cret\nhere' }), [
      'shop: the queue cannot be read: Odd, no … here',
      true,
    ]);
    assert.deepEqual(said({}), ['shop: the queue cannot be read: Error', true]);
  });

  it('is not meant by the ledger’s own trouble', () => {
    const error = new LedgerTrouble('away');
    assert.equal(
      troubleOf(error, 'shop', (text) => text, false),
      error,
    );
  });
});
