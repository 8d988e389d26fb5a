import assert from 'node:assert/strict';
import { postOutcome } from '../../../../../src/core/alerts/outbox/sending/post-outcome.ts';

describe('what a post came to', () => {
  it('is final, or tried again', () => {
    const of = (fate: Parameters<typeof postOutcome>[0]['fate'], nextAt = Infinity) => postOutcome({ fate, nextAt });
    assert.deepEqual(
      [of('sent'), of('refused'), of('given up'), of('uncertain'), of('uncertain', 7), of('pending', 7)],
      ['sent', 'refused', 'given_up', 'uncertain', 'retry', 'retry'],
    );
  });
});
