import { inWords, wholeUrl } from '../../../../config/formats.ts';

export const queueAddress = inWords(
  'the address of a queue, such as https://sqs.us-east-1.amazonaws.com/123456789012/events',
  wholeUrl,
);
