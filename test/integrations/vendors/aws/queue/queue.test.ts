import assert from 'node:assert/strict';
import { endpointOf, regionOf } from '../../../../../src/integrations/vendors/aws/queue/queue.ts';

describe("a queue's address", () => {
  for (const [address, region, endpoint] of [
    ['https://sqs.eu-west-1.amazonaws.com/123456789012/errors', 'eu-west-1', undefined],
    ['https://sqs.cn-north-1.amazonaws.com.cn/123456789012/errors', 'cn-north-1', undefined],
    ['https://queue.amazonaws.com/123456789012/errors', undefined, undefined],
    ['http://127.0.0.1:4566/123456789012/errors', undefined, 'http://127.0.0.1:4566'],
    [
      'https://sqs.eu-west-1.amazonaws.com.example.com/1/errors',
      undefined,
      'https://sqs.eu-west-1.amazonaws.com.example.com',
    ],
  ] as const)
    it(`says where it is: ${address}`, () =>
      assert.deepEqual([regionOf(address), endpointOf(address)], [region, endpoint]));
});
