import assert from 'node:assert/strict';
import { summarizeReceipt } from '../../../../src/server/pages/findings/receipts.ts';
import { receiptOf } from '../../../support/pages/page-data.ts';

describe('a receipt on a page', () => {
  const said = (given: Parameters<typeof receiptOf>[2]) => {
    const { health, text, error } = summarizeReceipt(receiptOf('shop', 'anodot', given));
    return `${health} ${text}${error === '' ? '' : `: ${error}`}`;
  };
  const receipt = { accepted: 3, refused: [], uncertain: 0, failed: 0, refs: [] };

  it('says what became of a report, in every state', () => {
    assert.equal(said({}), 'good 3 accepted');
    assert.equal(said({ state: 'skipped', receipt: null }), 'idle not sent (debug)');
    assert.equal(said({ state: 'in hand', receipt: null }), 'idle in hand');
    assert.equal(said({ state: 'in hand' }), 'idle in hand again');
    assert.equal(said({ state: 'open', receipt: null }), 'bad not sent yet');
    assert.equal(said({ state: 'unledgered' }), 'good 3 accepted, not in the ledger yet');
    assert.equal(said({ receipt: { ...receipt, accepted: 0 } }), 'good nothing to send');
  });

  it('has the vendor’s words, ours first', () => {
    const refused = [{ key: 'k', why: 'too old' }];
    assert.equal(said({ receipt: { ...receipt, refused } }), 'warn 3 accepted, 1 refused: too old');
    assert.equal(
      said({ receipt: { ...receipt, accepted: 0, failed: 2, error: 'answered 500' } }),
      'bad 2 failed: answered 500',
    );
    assert.equal(said({ state: 'open', receipt: { ...receipt, uncertain: 1 } }), 'bad 3 accepted, 1 uncertain');
  });
});
