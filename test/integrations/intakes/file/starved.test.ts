import assert from 'node:assert/strict';
import { ROTATIONS } from '../../../support/intakes/rotations.ts';
import { readStarved } from '../../../support/intakes/starved-reader.ts';
import { openTailBench, record } from '../../../support/intakes/tail-bench.ts';

const SEEDS = [3, 7, 9, 12];

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

describe('an empty log file that was put aside and is gone', () => {
  it('goes on in none that was packed', async () => {
    const bench = openTailBench();
    bench.add('error.log', record(1), record(2));
    await bench.look({ openAfterMs: 0 });
    bench.move('error.log', 'error.log.2');
    bench.pack('error.log.2');
    bench.add('error.log');
    await bench.look({ openAfterMs: 0 });
    bench.move('error.log', 'error.log.1');
    bench.add('error.log', record(3));
    await bench.look({ openAfterMs: 0 });
    bench.remove('error.log.1');
    await bench.look({ openAfterMs: 0 });
    await bench.look({ openAfterMs: 0 });
    assert.deepEqual(bench.titles(), ['cart failed: pear', 'cart failed: plum', 'cart failed: fig']);
    bench.close();
  });
});
