import assert from 'node:assert/strict';
import { fit } from '../../../../src/integrations/channels/webhook/fit.ts';
import type { Digest } from '../../../../src/core/model/alerting/digest.ts';
import { digestMessage, filterOf, issueOf } from '../../../support/digests/digests.ts';

interface Body {
  readonly type: string;
  readonly lines: readonly string[];
  readonly digest: Digest;
  readonly leftOut?: { readonly issues: number; readonly filters: number };
}

const bodyOf = (message = digestMessage()): Body => fit(message, 'rich').body as unknown as Body;

describe('a digest for a webhook', () => {
  it('is there as data, its chart too, and never the key of its picture', () => {
    const message = digestMessage();
    const body = bodyOf(message);
    assert.deepEqual([body.type, body.lines, body.digest], ['digest', message.lines, message.digest]);
    assert.ok(!('leftOut' in body) && !JSON.stringify(body).includes(message.pictureKey!));
  });

  it('that is too large loses issues first, and filters only then, and says how many', () => {
    const ten = Array.from({ length: 10 }, () => issueOf({ title: 'x'.repeat(200) }));
    const filters = Array.from({ length: 100 }, (_, n) => filterOf({ filter: `filter-${n}`, biggest: ten }));
    const some = bodyOf(digestMessage({}, { filters }));
    const left = some.digest.filters.map(({ biggest }) => biggest.length);
    assert.deepEqual([...new Set(left)], [3]);
    assert.deepEqual(some.leftOut, { issues: 700, filters: 0 });

    const more = Array.from({ length: 2000 }, (_, n) => filterOf({ filter: `filter-${n}`, biggest: ten }));
    const few = bodyOf(digestMessage({}, { filters: more }));
    const kept = few.digest.filters.length;
    assert.ok(kept > 100 && Buffer.byteLength(JSON.stringify(few)) < 256 * 1024);
    assert.deepEqual(few.leftOut, { issues: 20_000, filters: 2000 - kept });
    assert.equal(few.digest.filters.at(-1)!.filter, `filter-${kept - 1}`);
  });
});
