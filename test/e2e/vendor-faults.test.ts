import assert from 'node:assert/strict';
import { CHAPTERS } from '../support/faults/chapters.ts';
import { oddCells } from '../support/faults/odd-cells.ts';

/** The first request of each vendor; fault-table.proof.test.ts has all of them. */
describe('faults of a vendor', () => {
  for (const chapter of CHAPTERS) {
    const [expectation] = chapter.targets;
    it(`${chapter.vendor}, ${expectation!.target.title}: each one, once`, async () =>
      assert.equal(await oddCells(chapter, expectation!, 'once'), ''));
  }
});
