import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { type AwsDouble, startAws } from '../../../../sandbox/aws/server.ts';
import { placeAt } from '../../../../src/integrations/places/index.ts';
import { bucketContract } from '../../../support/backup/bucket.ts';

const KEYS = {
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIAACMEACMEACMEACME',
  AWS_SECRET_ACCESS_KEY: 'acmeSecret',
};

describe('copies in a bucket', () => {
  let aws: AwsDouble;
  before(async () => {
    aws = await startAws({ now: Date.now, sleep: async (ms, signal) => void (await pause(ms, undefined, { signal })) });
    Object.assign(process.env, KEYS, { AWS_ENDPOINT_URL: aws.url });
  });
  after(async () => {
    for (const name of [...Object.keys(KEYS), 'AWS_ENDPOINT_URL']) delete process.env[name];
    await aws.close();
  });

  bucketContract(() => aws);

  it('say what the vendor says, and no key', async () => {
    const place = await placeAt('s3://acme-backups/x', Date.now);
    await assert.rejects(place.fetch('none', '/nowhere/none'), (error: Error) => {
      assert.equal(error.message, 'S3: NoSuchKey: The specified key does not exist.');
      assert.ok(!JSON.stringify(error).includes(KEYS.AWS_ACCESS_KEY_ID));
      return true;
    });
  });
});
