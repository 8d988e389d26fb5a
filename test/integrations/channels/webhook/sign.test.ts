import assert from 'node:assert/strict';
import { Webhook } from 'standardwebhooks';
import { readKey } from '../../../../src/integrations/channels/webhook/key.ts';
import { signedHeaders } from '../../../../src/integrations/channels/webhook/sign.ts';

describe('the signature of a webhook', () => {
  it('is that of the library of Standard Webhooks', () => {
    const key = 'whsec_c2VudHJ5LW1vbml0b3ItdGVzdC1zZWNyZXQtMDAwMSE=';
    const body = Buffer.from('{"type":"alert.firing","id":"alert-17"}');
    assert.deepEqual(signedHeaders([key], 'msg_alert-17', 1_795_910_400_999, body), {
      'webhook-id': 'msg_alert-17',
      'webhook-timestamp': '1795910400',
      'webhook-signature': 'v1,hoT8EZNhk7f+t31WD6jRowE2VBJvEoRSdC+iybaqZJA=',
    });
  });

  it('is taken by the verifier of Standard Webhooks with either of two keys, and that of another body is not', () => {
    const [one, other] = ['1', '2'].map((it) => `whsec_${Buffer.from(it.repeat(32)).toString('base64')}`) as [
      string,
      string,
    ];
    const body = Buffer.from('{"type":"alerts","id":"m1","alerts":[]}');
    const headers = signedHeaders([one, other], 'm1', Date.now(), body);
    for (const key of [one, other])
      assert.deepEqual(new Webhook(key).verify(body, headers), { type: 'alerts', id: 'm1', alerts: [] });
    assert.throws(() => new Webhook(one).verify(body.toString().replace('m1', 'm2'), headers));
    assert.throws(() => new Webhook(`whsec_${Buffer.alloc(32).toString('base64')}`).verify(body, headers));
  });

  for (const [name, key] of [
    ['no base64', 'whsec_this is no base64 at all, is it'],
    ['too short', `whsec_${Buffer.alloc(23).toString('base64')}`],
    ['too long', `whsec_${Buffer.alloc(65).toString('base64')}`],
    ['a sign too many', `whsec_${Buffer.alloc(32).toString('base64')}!`],
  ] as const) {
    it(`does not take a key that is ${name}, and does not show it`, () =>
      assert.throws(
        () => readKey(key),
        (error: Error) =>
          /is no key of a webhook; write whsec_/.test(error.message) && !error.message.includes(key.slice(6)),
      ));
  }

  it('takes keys of 24 to 64 bytes, with and without their mark', () => {
    for (const size of [24, 25, 26, 32, 64]) {
      const base64 = Buffer.alloc(size, 7).toString('base64');
      for (const key of [base64, `whsec_${base64}`, base64.replace(/=+$/, '')]) assert.equal(readKey(key), key);
    }
  });
});
