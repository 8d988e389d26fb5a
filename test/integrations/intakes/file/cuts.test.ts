import assert from 'node:assert/strict';
import { cutAt, LENGTHS, TITLES } from '../../../support/intakes/cuts.ts';

describe('a log that is cut anywhere, and goes on', () => {
  for (const ends of ['LF', 'CRLF'] as const)
    it(`has the same records as in one piece, with ${ends}`, async () => {
      const whole = await cutAt(0, ends);
      assert.deepEqual(
        whole.map(([, title]) => title),
        TITLES,
      );
      for (let at = 1; at <= LENGTHS[ends]; at += 61) assert.deepEqual(await cutAt(at, ends), whole, `cut at ${at}`);
    });
});
