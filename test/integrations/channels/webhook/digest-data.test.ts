import assert from 'node:assert/strict';
import { fit } from '../../../../src/integrations/channels/webhook/fit.ts';
import { digestMessage } from '../../../support/digests/digests.ts';

describe('a digest for a webhook', () => {
  it('is there as data, its chart too, and never the key of its picture', () => {
    const message = digestMessage();
    const { type, lines, digest, ...rest } = fit(message, 'rich').body as Record<string, unknown>;
    assert.deepEqual([type, lines, digest], ['digest', message.lines, message.digest]);
    assert.ok(!JSON.stringify(rest).includes(message.pictureKey!));
    assert.deepEqual(Object.keys(rest).toSorted(), ['alerts', 'id', 'sentAt']);
  });
});
