import assert from 'node:assert/strict';
import { liveAndTried } from '../../../support/alerting/whole/same.ts';

describe('a trial of rules', () => {
  it('says of kept days what was told in them, message for message', async () => {
    const { live, tried } = await liveAndTried(1.5, 0, 7);
    assert.ok(live.messages.length > 20, `${live.messages.length} messages`);
    assert.ok(
      live.messages.some(({ channel }) => channel === 'boss'),
      'both are told',
    );
    assert.deepEqual(tried, live.messages);
  });

  it('says what would have been told in time of what was told late', async () => {
    const { live, tried } = await liveAndTried(0.5, 20, 3);
    assert.ok(live.messages.some(({ alerts }) => alerts.some(({ late }) => late)));
    assert.ok(tried.every(({ alerts }) => alerts.every(({ late, state }) => !late || state === 'resolved')));
  });
});
