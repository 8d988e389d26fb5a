import assert from 'node:assert/strict';
import { atOnce, inSlices, type Slow } from '../../../src/server/pages/slices.ts';

describe('what takes long to make', () => {
  let now = 0;
  const seen: string[] = [];
  beforeEach(() => {
    now = 0;
    seen.length = 0;
  });
  function* work(ms: number): Slow<string> {
    for (let n = 1; n <= 7; n++) {
      now += ms;
      seen.push(`piece ${n}`);
      yield;
    }
    return 'made';
  }
  const sleep = async (ms: number): Promise<void> => void seen.push(`others for ${ms}`);

  it('is made at once for who cannot wait', () => {
    assert.equal(atOnce(work(99)), 'made');
    assert.equal(seen.length, 7);
  });

  it('lets others have their turn after five milliseconds, and when it is done', async () => {
    assert.equal(await inSlices(work(2), { now: () => now, sleep }), 'made');
    const three = (first: number): readonly string[] => [first, first + 1, first + 2].map((n) => `piece ${n}`);
    assert.deepEqual(seen, [...three(1), 'others for 0', ...three(4), 'others for 0', 'piece 7', 'others for 0']);
  });

  it('does not wait where it is done in no time', async () => {
    assert.equal(await inSlices(work(0), { now: () => now, sleep }), 'made');
    assert.equal(seen.length, 7);
  });
});
