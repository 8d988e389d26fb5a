import assert from 'node:assert/strict';
import fc from 'fast-check';
import { CHANNELS, wholeHistory } from './history.ts';
import { eachInOneMessage, endsAfterBegins, nothingTwice } from './judge.ts';
import { heardBy, inMemory, type Place, play, type Played } from './play.ts';
import { MINUTE } from '../tellings.ts';

const skews = fc.array(
  fc.integer({ min: -45, max: 45 }).map((minutes) => minutes * MINUTE),
  { minLength: 3, maxLength: 3 },
);

/**
 * Three servers with one name, whose clocks are wrong by up to three quarters of an hour, take turns: they tell what
 * one with a right clock tells, but for mutes, of which none ends too early.
 */
export async function clocksDoNotMatter(numRuns: number, open: () => Place | Promise<Place>): Promise<void> {
  await fc.assert(
    fc.asyncProperty(wholeHistory(false), skews, async (history, wrong) => {
      const muted = await play(history, await open(), { skews: wrong });
      eachInOneMessage(muted);
      nothingTwice(muted);
      endsAfterBegins(muted);
      keepsMutes(muted, history.mutes);
      const free = { ...history, mutes: [] };
      const [played, wanted] = [await play(free, await open(), { skews: wrong }), await play(free, inMemory())];
      for (const channel of CHANNELS) assert.deepEqual(heardBy(channel, played), heardBy(channel, wanted));
    }),
    { numRuns, endOnFailure: true },
  );
}

type Mutes = Parameters<typeof play>[0]['mutes'];

/** Nobody heard of what was muted at the time, whatever the clock of the server that could have told it. */
function keepsMutes({ heard }: Played, mutes: Mutes): void {
  for (const { channel, at, message } of heard) {
    if (message.mayRepeat || message.type !== 'alerts') continue;
    for (const { what, since, until } of mutes) {
      if (what.kind === 'all' || until.kind !== 'instant' || at < since || at >= until.at) continue;
      for (const { id, filter, subject } of message.alerts) {
        const names: Readonly<Record<string, string>> = { filter, issue: subject.id, channel };
        assert.notEqual(names[what.kind], what.name, `${id} is muted`);
      }
    }
  }
}
