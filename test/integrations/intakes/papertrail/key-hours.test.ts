import assert from 'node:assert/strict';
import { hoursOf } from '../../../../src/integrations/intakes/papertrail/coverage/key-hours.ts';

const DAY = Date.UTC(2026, 10, 29);
const HOUR = 3_600_000;

describe('what an archive covers by its name', () => {
  it('is a day or an hour of it', () => {
    assert.deepEqual(hoursOf('logs/dt=2026-11-29/2026-11-29.tsv.gz'), { start: DAY, end: DAY + 24 * HOUR });
    assert.deepEqual(hoursOf('2026-11-29-03.tsv'), { start: DAY + 3 * HOUR, end: DAY + 4 * HOUR });
  });

  it('is not known of other names, and of days and hours that there are not', () => {
    for (const key of ['logs/app.tsv', '2026-11-29.log', '2026-13-01.tsv', '2026-11-29-24.tsv.gz'])
      assert.equal(hoursOf(key), null, key);
  });
});
