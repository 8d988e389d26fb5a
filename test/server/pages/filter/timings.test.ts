import assert from 'node:assert/strict';
import { readTimings, timingsPart } from '../../../../src/server/pages/filter/timings.ts';
import { fakeStore } from '../../../support/events/fake-store.ts';
import { textIn } from '../../../support/pages/read-page.ts';

const HOUR = { start: Date.UTC(2026, 10, 20, 9), end: Date.UTC(2026, 10, 20, 10) };

function part(name: string, window: number, ms: number, count: number) {
  const seen = [[ms, count] as const];
  return { project: 'web', name, window, count, sum: ms * count, min: ms, max: ms, seen };
}

describe('durations on the page of a filter', () => {
  const store = fakeStore();
  store.timings = async () => [
    part('pay <b>', HOUR.start, 1_200, 3),
    part('pay <b>', HOUR.start + 300_000, 4, 1),
    part('cart', HOUR.start, 7.25, 9),
  ];
  const events = { store, projects: ['web', 'api'], timed: new Set(['web']) };

  it('are of all its windows together, the most frequent first', async () => {
    const seen = await readTimings(['web', 'api'], HOUR, events);
    const text = textIn(timingsPart(seen, HOUR.end)!.text);
    assert.match(text, /Durations as logs tell, 09:00–10:00 UTC/);
    assert.match(text, /cart web 9 7\.3 7\.3 7\.3 pay <b> web 4 1,200 1,200 1,200/);
  });

  it('are not there where no log of it tells any', async () => {
    assert.equal(await readTimings(['api'], HOUR, events), null);
    assert.equal(await readTimings(['web'], HOUR, undefined), null);
    assert.equal(timingsPart(null, HOUR.end), null);
    const none = timingsPart({ span: HOUR, timings: [] }, HOUR.end);
    assert.match(textIn(none!.text), /No line told how long something took\./);
  });
});
