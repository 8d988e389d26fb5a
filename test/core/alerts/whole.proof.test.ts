import fc from 'fast-check';
import { raisesWhatIsMeant } from '../../support/alerting/oracle/compare.ts';
import { wholeHistory } from '../../support/alerting/whole/history.ts';
import {
  eachInOneMessage,
  endsAfterBegins,
  explainedAsHeld,
  nothingTwice,
} from '../../support/alerting/whole/judge.ts';
import { inMemory, play } from '../../support/alerting/whole/play.ts';
import { clocksDoNotMatter } from '../../support/alerting/whole/skewed.ts';

describe('deciding and telling together, for ten thousand histories', function () {
  this.timeout(3_600_000);

  it('tell every alert in one message, nothing twice, and no end to who never heard of a begin', () =>
    fc.assert(
      fc.asyncProperty(wholeHistory(false), async (history) => {
        const played = await play(history, inMemory());
        eachInOneMessage(played);
        nothingTwice(played);
        endsAfterBegins(played);
      }),
      { numRuns: 10_000 },
    ));

  it('explain of every window what the outbox holds of it', () =>
    fc.assert(
      fc.asyncProperty(wholeHistory(true), async (history) => {
        const place = inMemory();
        await play(history, place, { after: (facts, filters) => explainedAsHeld(facts, filters, place) });
      }),
      { numRuns: 10_000 },
    ));

  it('raise what plain loops say', () => raisesWhatIsMeant(10_000));

  it('do so by servers with any clocks', () => clocksDoNotMatter(3_000, inMemory));
});
