import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { askedIn, isAllowed, pictureUrl } from '../../../src/platform/pictures/address.ts';
import { digestMessage } from '../../support/digests/digests.ts';

const message = digestMessage({ id: 'digest/crm-morning@2026-11-20T08:00:00.000Z/boss/lead@example.com' });
const SENT = Date.parse('2026-11-20T08:05:30.000Z');
const DAY = 86_400_000;

describe('the address of a picture', () => {
  const url = pictureUrl('https://monitor.example.com/sub/', message)!;
  const path = url.replace('https://monitor.example.com/sub/pictures', '');

  it('names message, end and signature, and is as short as vendors want it', () => {
    const name = Buffer.from(message.id).toString('base64url');
    const until = SENT + 15 * DAY;
    const signature = createHmac('sha256', message.pictureKey!).update(`${message.id}\n${until}`).digest('base64url');
    assert.equal(url, `https://monitor.example.com/sub/pictures/${name}.${until}.${signature}.png`);
    assert.ok(url.length < 300 && !url.includes(message.pictureKey!));
  });

  it('is none of a message without a chart, without a key, or where nobody knows the service’s own', () => {
    assert.equal(pictureUrl(undefined, message), null);
    assert.equal(pictureUrl('https://x.example', { ...message, pictureKey: undefined }), null);
    assert.equal(pictureUrl('https://x.example', digestMessage({}, { chart: null })), null);
  });

  it('is good for fifteen days, with its own signature alone', () => {
    const asked = askedIn(path)!;
    assert.equal(asked.id, message.id);
    assert.ok(isAllowed(asked, message, SENT) && isAllowed(asked, message, SENT + 15 * DAY - 1));
    assert.ok(!isAllowed(asked, message, SENT + 15 * DAY));
    for (const wrong of [
      { ...asked, until: asked.until + DAY },
      { ...asked, id: `${asked.id}2` },
      {
        ...asked,
        signature: `A${asked.signature.slice(1)}` === asked.signature ? 'B' : `A${asked.signature.slice(1)}`,
      },
    ])
      assert.ok(!isAllowed(wrong, message, SENT));
    assert.ok(!isAllowed(asked, { ...message, pictureKey: 'another' }, SENT));
    assert.ok(!isAllowed(asked, { ...message, pictureKey: undefined }, SENT));
  });

  it('is read only where it looks like one of ours', () => {
    for (const other of ['', '/', '/x.png', `${path}?a=1`, path.slice(1), `${path}/`, path.replace('.png', '.svg')])
      assert.equal(askedIn(other), null, other);
    assert.equal(askedIn(path.replace(/^\/[\w-]+/, `/${'x'.repeat(401)}`)), null);
    assert.equal(askedIn(path.replace(/^\/[\w-]+/, '/%00')), null);
  });
});
