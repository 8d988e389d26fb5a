import assert from 'node:assert/strict';
import { queueAddress } from '../../../../../src/integrations/vendors/aws/queue/address.ts';
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

  const read = (address: string): string => queueAddress(address, (part) => part);

  for (const address of [
    'https://sqs.eu-west-1.amazonaws.com/123456789012/errors',
    'https://queue.amazonaws.com/123456789012/errors_v2-live.fifo',
    'http://127.0.0.1:4566/000000000000/errors',
    'http://127.0.0.1:9324/errors',
    'http://localhost:4566/queue/us-east-1/000000000000/errors',
  ])
    it(`is taken: ${address}`, () => assert.equal(read(address), address));

  for (const [address, lacking] of [
    ['https://sqs.eu-west-1.amazonaws.com', 'account and name of the queue'],
    ['https://sqs.eu-west-1.amazonaws.com/', 'account and name of the queue'],
    ['https://sqs.eu-west-1.amazonaws.com/errors', 'account and name of the queue'],
    ['https://sqs.eu-west-1.amazonaws.com/123456789012/', 'account and name of the queue'],
    ['http://127.0.0.1:9324/', "the queue's name"],
    ['http://127.0.0.1:9324/000000000000/', "the queue's name"],
  ] as const)
    it(`has no queue: ${address}`, () =>
      assert.throws(() => read(address), {
        message:
          `does not end in ${lacking}; copy the whole address of the queue, such as ` +
          'https://sqs.us-east-1.amazonaws.com/123456789012/events',
      }));
});
