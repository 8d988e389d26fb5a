import fc from 'fast-check';
import { channelHistory } from '../../../support/alerting/histories.ts';
import { holds, play } from '../../../support/alerting/play-history.ts';

describe('histories of a channel', () => {
  for (const isSafe of [true, false]) {
    it(`lose nothing and say nothing twice, where the vendor ${isSafe ? 'knows' : 'does not know'} repeats`, () =>
      fc.assert(
        fc.asyncProperty(channelHistory, async (history) => holds(history, await play(history, isSafe), isSafe)),
        { numRuns: 60 },
      ));
  }
});
