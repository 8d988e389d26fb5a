import assert from 'node:assert/strict';
import type { Message } from '../../../../src/core/model/alerting/message.ts';
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

  it('is the report of the service in its place, as data too', () => {
    const { digest: _, pictureKey: __, ...others } = digestMessage();
    const report = { name: 'weekly', findings: [] } as unknown as NonNullable<Message['report']>;
    const message = { ...others, lines: ['a\u202e'], report };
    const { type, lines, report: said, ...rest } = fit(message, 'rich').body as Record<string, unknown>;
    assert.deepEqual([type, lines, said], ['digest', message.lines, report]);
    assert.deepEqual(Object.keys(rest).toSorted(), ['alerts', 'id', 'sentAt']);
    assert.deepEqual((fit(message, 'plain').body as Record<string, unknown>)['lines'], ['a']);
  });
});
