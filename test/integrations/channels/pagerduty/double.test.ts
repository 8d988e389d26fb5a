import assert from 'node:assert/strict';
import { pagerduty } from '../../../../src/integrations/channels/pagerduty/index.ts';
import { atItsDouble } from '../../../contract/channel-double.ts';
import { messageOf } from '../../../support/alerting/messages.ts';

await pagerduty.load();

describe('the pagerduty channel at a strict double of its vendor', () => {
  const { send, inbox } = atItsDouble({
    vendor: 'pagerduty',
    // The vendor names no time.
    seconds: 180,
    create: ({ url, keys }, deps) =>
      pagerduty.read({ 'channels.pagerduty': keys.pagerDutyKey, PAGERDUTY_URL: url }).create(deps, 'night').part,
  });

  it('opens an incident once, adds to it, and closes it', async () => {
    const states = async (): Promise<readonly unknown[]> => inbox().messages.map(({ isOver = false }) => isOver);
    await send(messageOf());
    await send(messageOf({ id: 'again' }, { why: '60 events' }));
    assert.deepEqual(await states(), [false]);
    assert.match(inbox().messages[0]!.text, /why: 60 events/);
    await send(messageOf({ id: 'end' }, { state: 'resolved' }));
    assert.deepEqual(await states(), [true]);
    await send(messageOf({ id: 'anew' }, { since: '2026-11-20T12:00:00.000Z' }));
    assert.deepEqual(await states(), [true, false]);
  });

  it('wakes nobody with the end of what nobody heard of', async () => {
    assert.equal((await send(messageOf({}, { state: 'resolved' }))).status, 'accepted');
    assert.deepEqual([inbox().messages, inbox().refused], [[], []]);
  });
});
