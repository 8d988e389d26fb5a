import assert from 'node:assert/strict';
import { ROTATIONS } from '../../../support/intakes/rotations.ts';
import { readStarved } from '../../../support/intakes/starved-reader.ts';

const SEEDS = [3, 7, 12];

describe('a log file that is rotated between any two steps of its reader, who is killed again and again', () => {
  for (const rotation of Object.keys(ROTATIONS) as (keyof typeof ROTATIONS)[])
    it(`is read once, each record of it: ${rotation}`, async () => {
      for (const seed of SEEDS) {
        const { written, stored, rejects, troubles } = await readStarved(rotation, seed * 7_919 + 13, 14);
        const all = Array.from({ length: written }, (_, n) => n + 1);
        assert.deepEqual(
          { seed, stored: stored.toSorted((a, b) => a - b), rejects },
          { seed, stored: all, rejects: [] },
        );
        assert.equal(troubles.at(-1), undefined);
      }
    });
});
