import assert from 'node:assert/strict';
import { hitLines } from '../../../../src/core/alerts/words/hits.ts';

describe('events for people', () => {
  const at = Date.UTC(2026, 10, 20, 10, 0, 5);
  const hit = { at, user: 'ann', url: 'https://sentry.example.com/e/1/' };

  it('are a line each, and those that are left out are counted', () => {
    const hits = { listed: [hit, { ...hit, user: null, url: null }], more: 3 };
    assert.deepEqual(
      hitLines(hits, Infinity).map(({ text }) => text),
      ['2026-11-20 10:00:05 UTC, user ann', '2026-11-20 10:00:05 UTC', 'and 3 more'],
    );
    assert.deepEqual(
      hitLines(hits, 1).map(({ text }) => text),
      ['2026-11-20 10:00:05 UTC, user ann', 'and 4 more'],
    );
    assert.deepEqual(hitLines(hits, 0), []);
  });

  it('are a line that says why there are none, as long as there is room', () => {
    const none = { listed: [], more: 0, lack: 'Its events could not be read:\nsentry: answered 500' };
    assert.deepEqual(hitLines(none, 5), [{ text: 'Its events could not be read: sentry: answered 500', url: null }]);
    assert.deepEqual(hitLines(none, 0), []);
    assert.deepEqual(hitLines({ listed: [], more: 0 }, 5), []);
  });
});
