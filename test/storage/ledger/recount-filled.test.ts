import assert from 'node:assert/strict';
import { WINDOW } from '../../support/build/reports.ts';
import { KINDS } from '../../support/ledger/ledgers.ts';
import { ENV, later, recountStageOf } from './recount-servers.ts';

const MINUTE = 60_000;
/** The last stage of RECOUNT=10m,20m,1h is due for window 0. */
const AN_HOUR_LATER = later(14);

for (const { kind, open } of KINDS) {
  describe(`windows that were first read late, by servers that share a ledger in ${kind}`, () => {
    const stage = recountStageOf(open);

    /** Sets the server's clock: so long after the end of window 0, ms. */
    const passTo = (ms: number): void => stage.box.clock.advance(WINDOW.end + ms - stage.box.clock.now());

    for (const [minutes, times, why] of [
      [72, 1, 'that is later than this count is due'],
      [62, 1, 'an hour after it settled: this count would be the same'],
      [61, 2, 'events came for another minute'],
      [40, 2, 'that was before this count was due'],
    ] as const) {
      it(`are counted ${times === 1 ? 'no more' : 'once more'} when that was after ${minutes} minutes: ${why}`, async () => {
        const one = stage.serve();
        passTo(minutes * MINUTE);
        await one.go({ kind: 'repair' });
        passTo(73 * MINUTE);
        await one.go({ window: AN_HOUR_LATER });
        assert.equal(stage.asked.get(0), times);
      });
    }

    it('are not counted again by the run that caught them up', async () => {
      const one = stage.serve({ env: { ...ENV, CATCH_UP_HOURS: '2' } });
      await one.go();
      passTo(73 * MINUTE);
      await one.go({ window: AN_HOUR_LATER });
      assert.deepEqual(
        [...stage.asked].toSorted(([a], [b]) => a - b),
        [[0, 2], ...Array.from({ length: 14 }, (_, n) => [n + 1, 1])],
      );
    });
  });
}
