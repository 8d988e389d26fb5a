import assert from 'node:assert/strict';
import { liveAndTried } from '../../../support/alerting/whole/same.ts';

describe('a trial of two weeks', function () {
  this.timeout(3_600_000);

  it('is what was told in them, message for message', async () => {
    const { live, tried } = await liveAndTried(14, 0, 11);
    assert.ok(live.messages.length > 200, `${live.messages.length} messages`);
    assert.deepEqual(tried, live.messages);
  });
});
