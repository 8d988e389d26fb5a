import assert from 'node:assert/strict';
import { hostOf } from '../../../../../src/integrations/vendors/aws/sns/topic.ts';

describe('the host of a topic', () => {
  for (const [topic, host] of [
    ['arn:aws:sns:us-east-1:123456789012:archives', 'sns.us-east-1.amazonaws.com'],
    ['arn:aws:sns:ap-southeast-4:123456789012:a_b-C.fifo', 'sns.ap-southeast-4.amazonaws.com'],
    ['arn:aws-cn:sns:cn-north-1:123456789012:archives', 'sns.cn-north-1.amazonaws.com.cn'],
    ['arn:aws-us-gov:sns:us-gov-west-1:123456789012:archives', 'sns.us-gov-west-1.amazonaws.com'],
    ['arn:aws:sqs:us-east-1:123456789012:archives', null],
    ['arn:aws:sns:us-east-1.evil.example.com/:123456789012:archives', null],
    ['arn:aws:sns::123456789012:archives', null],
    ['arn:aws:sns:us-east-1:12:archives', null],
    ['arn:aws:sns:us-east-1:123456789012:archives:0-1', null],
    ['https://sns.us-east-1.amazonaws.com', null],
  ] as const)
    it(`of ${topic} is ${host ?? 'none'}`, () => assert.equal(hostOf(topic), host));
});
