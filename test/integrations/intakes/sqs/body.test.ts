import assert from 'node:assert/strict';
import { bodyOf } from '../../../../src/integrations/intakes/sqs/body.ts';
import { pointerOf } from '../../../../src/integrations/vendors/aws/pointer.ts';
import { sentryEvent } from '../../../support/intakes/sentry-event.ts';

const ENDPOINT = 'http://127.0.0.1:4566';
const PLACE = { bucket: 'acme-events', key: 'shop/2026-11-20/e1' };

describe('an address of an object', () => {
  for (const address of [
    'https://acme-events.s3.eu-west-1.amazonaws.com/shop/2026-11-20/e1',
    'https://acme-events.s3-us-east-1.amazonaws.com/shop/2026-11-20/e1',
    'https://acme-events.s3.amazonaws.com/shop/2026-11-20/e1',
    'http://acme-events.s3.dualstack.eu-west-1.amazonaws.com/shop/2026-11-20/e1',
    'https://s3.eu-west-1.amazonaws.com/acme-events/shop/2026-11-20/e1',
    'https://s3.cn-north-1.amazonaws.com.cn/acme-events/shop/2026-11-20/e1',
    'https://s3.amazonaws.com/acme-events/shop%2F2026-11-20/e1?X-Amz-Signature=abc&X-Amz-Expires=60',
    's3://acme-events/shop/2026-11-20/e1',
    `${ENDPOINT}/acme-events/shop/2026-11-20/e1`,
  ])
    it(`is understood: ${address}`, () => assert.deepEqual(pointerOf(address, ENDPOINT), PLACE));

  for (const address of [
    'https://s3.amazonaws.com.example.com/acme-events/e1',
    'https://example.com/acme-events/e1',
    'https://169.254.169.254/latest/meta-data',
    'http://127.0.0.1:4567/acme-events/e1',
    'file:///acme-events/e1',
    'https://s3.amazonaws.com/acme-events',
    'https://acme-events.s3.amazonaws.com/',
    'https://acme-events.s3.amazonaws.com/%ff',
    'no address',
    '',
  ])
    it(`is none: ${address}`, () => assert.equal(pointerOf(address, ENDPOINT), null));
});

describe('a message of a queue', () => {
  const envelope = (message: string): string =>
    JSON.stringify({ Type: 'Notification', TopicArn: 'arn:aws:sns:eu-west-1:123456789012:errors', Message: message });
  const kindOf = (text: string) => bodyOf(text, ENDPOINT);
  const record = (key: string) => ({
    eventName: 'ObjectCreated:Put',
    s3: { bucket: { name: 'acme-events' }, object: { key } },
  });

  it('is an event, also in the envelope of a topic', () => {
    const text = JSON.stringify(sentryEvent());
    for (const it of [text, envelope(text), envelope(envelope(text))]) assert.equal(kindOf(it).kind, 'event');
  });

  it('names an object, also in the envelope of a topic', () => {
    const text = JSON.stringify({ s3Url: `${ENDPOINT}/acme-events/shop/2026-11-20/e1`, eventID: 'e1' });
    for (const it of [text, envelope(text)]) assert.deepEqual(kindOf(it), { kind: 'pointers', pointers: [PLACE] });
  });

  it("is S3's word of new objects: blanks are written +, slashes as they are or not", () => {
    const text = JSON.stringify({ Records: [record('shop/a+b%3D1'), record('shop%2F2026-11-20%2Fe1')] });
    assert.deepEqual(kindOf(text), {
      kind: 'pointers',
      pointers: [{ bucket: 'acme-events', key: 'shop/a b=1' }, PLACE],
    });
  });

  it("is S3's test, which brings nothing", () =>
    assert.deepEqual(kindOf(JSON.stringify({ Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'acme-events' })), {
      kind: 'test',
    }));

  for (const [what, text] of [
    ['of an address that is none of S3', JSON.stringify({ s3Url: 'https://example.com/acme-events/e1' })],
    ['of an address that is a number', JSON.stringify({ s3Url: 17 })],
    ['of records without objects', JSON.stringify({ Records: [] })],
    ['of records that name none', JSON.stringify({ Records: [{ s3: {} }] })],
    ['in an envelope without end', envelope(envelope(envelope(envelope('{}'))))],
    ['with no JSON in its envelope', envelope('{not json')],
  ] as const)
    it(`is a reject: one ${what}`, () => assert.equal(kindOf(text).kind, 'reject'));
});
