import assert from 'node:assert/strict';
import { roomOf } from '../../../../src/core/model/events/room.ts';

const GB = 1e9;

describe('room for events', () => {
  it('is none at the most, and there is some again below nine tenths of it', () => {
    for (const [bytes, wasFull, isFull] of [
      [3.9 * GB, false, false],
      [4 * GB, false, true],
      [5 * GB, false, true],
      [3.7 * GB, true, true],
      [3.6 * GB, true, true],
      [3.5 * GB, true, false],
      [0, true, false],
    ] as const)
      assert.equal(roomOf(bytes, 4 * GB, wasFull).full !== null, isFull, `${bytes} ${wasFull}`);
  });

  it('says so in numbers that people read', () => {
    assert.equal(
      roomOf(4.123 * GB, 4 * GB, false).full,
      'Intakes pause: the ledger holds 4.1 GB of events, and may hold 4 GB (EVENT_MAX_GB); they go on below 3.6 GB, ' +
        'when older events were forgotten (EVENT_DAYS)',
    );
    assert.match(
      String(roomOf(2_345_678, 1_000_000, false).full),
      /holds 2\.3 MB of events, and may hold 1 MB .* below 0\.9 MB/,
    );
  });
});
