import assert from 'node:assert/strict';
import { cutAt, LENGTHS } from '../../../support/intakes/cuts.ts';

describe('a log that is cut after each of its bytes', function () {
  this.timeout(600_000);
  for (const ends of ['LF', 'CRLF'] as const)
    it(`and goes on has the same records, with ${ends}`, async () => {
      const whole = await cutAt(0, ends);
      for (let at = 1; at <= LENGTHS[ends]; at++) assert.deepEqual(await cutAt(at, ends), whole, `cut at ${at}`);
    });
});
