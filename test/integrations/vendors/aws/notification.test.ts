import assert from 'node:assert/strict';
import { objectsIn } from '../../../../src/integrations/vendors/aws/notification.ts';

describe('a notification of S3', () => {
  const record = (s3: unknown, eventName = 'ObjectCreated:Put') => ({ eventSource: 'aws:s3', eventName, s3 });
  const at = (bucket: unknown, key: unknown) => ({ bucket: { name: bucket }, object: { key } });

  it('names objects, with their keys as they are written', () => {
    assert.deepEqual(objectsIn([record(at('b', 'a+b%2Fc'))]), [{ bucket: 'b', key: 'a b/c' }]);
    assert.deepEqual(objectsIn([record(at('b', 'k'), 'ObjectRemoved:Delete')]), []);
  });

  it('without a bucket, a key, or with one that is badly written is none', () => {
    for (const s3 of [
      null,
      {},
      { bucket: {} },
      { bucket: {}, object: null },
      at(null, 'k'),
      at('b', null),
      at('b', '%zz'),
    ])
      assert.equal(objectsIn([record(s3)]), null, JSON.stringify(s3));
    assert.equal(objectsIn([record(at('b', 'k')), record({})]), null);
  });
});
