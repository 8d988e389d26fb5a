import assert from 'node:assert/strict';
import { addDays, dayAt, dayOfWall, wallOfDay } from '../../../src/core/schedules/days.ts';

describe('days without a zone', () => {
  it('are those of a wall, and back', () => {
    assert.equal(dayOfWall(Date.UTC(2026, 1, 28, 23, 59)), '2026-02-28');
    assert.equal(wallOfDay('2026-02-28'), Date.UTC(2026, 1, 28));
  });

  it('are added over months and leap days', () => {
    assert.equal(addDays('2024-02-28', 2), '2024-03-01');
    assert.equal(addDays('2026-01-01', -1), '2025-12-31');
  });

  it('are those of the place', () => {
    const at = Date.UTC(2026, 0, 1, 2);
    assert.deepEqual(
      ['America/New_York', 'Asia/Tokyo', 'UTC'].map((zone) => dayAt(at, zone)),
      ['2025-12-31', '2026-01-01', '2026-01-01'],
    );
    assert.equal(dayAt(at, 'UTC'), '2026-01-01');
  });
});
