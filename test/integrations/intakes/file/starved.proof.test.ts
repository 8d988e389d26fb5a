import assert from 'node:assert/strict';
import { ROTATIONS } from '../../../support/intakes/rotations.ts';
import { readStarved } from '../../../support/intakes/starved-reader.ts';

describe('many logs that are rotated between any two steps of their readers', function () {
  this.timeout(600_000);
  for (const rotation of Object.keys(ROTATIONS) as (keyof typeof ROTATIONS)[])
    it(`are read once, each record of them: ${rotation}`, async () => {
      for (let seed = 1; seed <= 60; seed++) {
        const { written, stored, rejects, troubles } = await readStarved(rotation, seed * 7_919 + 13);
        const all = Array.from({ length: written }, (_, n) => n + 1);
        assert.deepEqual(
          { seed, stored: stored.toSorted((a, b) => a - b), rejects },
          { seed, stored: all, rejects: [] },
        );
        assert.equal(troubles.at(-1), undefined);
      }
    });
});
