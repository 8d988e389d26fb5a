import assert from 'node:assert/strict';
import type { KeptWatch } from '../../../../src/core/ports/watches/watch-store.ts';
import { createJobBook } from '../../../../src/core/telling/own/job-book.ts';
import { statusBlocks } from '../../../../src/server/pages/status/blocks.ts';
import type { StatusSources } from '../../../../src/server/pages/status/sources.ts';
import { watchHealth } from '../../../../src/server/pages/status/watches.ts';
import { createClock } from '../../../support/time/clock.ts';
import { keptWatch, planOf } from '../../../support/watches/plans.ts';

const MINUTE_MS = 60_000;
const NOW = Date.parse('2026-11-20T10:00:00Z');
const good = (minutes: number): Partial<KeptWatch> => ({
  good: { at: NOW - minutes * MINUTE_MS, value: 12, more: {}, answer: null },
  last: { at: NOW, fault: null, failures: 0 },
});

/** What the page says, as text. */
async function said(sources: Partial<StatusSources>, hasActions = false): Promise<string> {
  const whole = { schedules: async () => [], jobs: () => [], ...sources };
  const page = await statusBlocks(whole, { now: NOW, hasActions }, createClock());
  return page.text.replaceAll(/\s+/g, ' ');
}
const watches = (...kept: readonly KeptWatch[]): Partial<StatusSources> => ({
  watches: { all: async () => kept, plans: () => [planOf()] },
});

describe('the blocks of the page of the status', () => {
  it('are none where there is nothing of the kind', async () => assert.equal((await said({})).trim(), ''));

  it('show a watch with its value, age, past and last look', async () => {
    const past = [10, 5, 0].map((minutes, index) => [NOW - minutes * MINUTE_MS, index * 6] as const);
    const text = await said(watches(keptWatch({ ...good(4), past })));
    assert.match(text, /data-watch="github"/);
    assert.match(text, /<bdi>12<\/bdi>/);
    assert.match(text, /4 min ago/);
    assert.match(text, /aria-label="from 0 to 12 since 09:50"/);
    assert.match(text, /in order/);
    assert.doesNotMatch(text, /look now/);
  });

  it('let who may act look now', async () =>
    assert.match(await said(watches(), true), /href="\/act\/look\?watch=github"/));

  it('show what went wrong, escaped', async () => {
    const last = { at: NOW, fault: 'answered <b>500</b>', failures: 3 };
    const text = await said(watches(keptWatch({ ...good(200), last })));
    assert.match(text, /answered &lt;b&gt;500&lt;\/b&gt;/);
    assert.match(text, /3 times in a row/);
  });

  it('call a watch old from two and a half of its intervals on', () => {
    const plan = planOf();
    for (const [minutes, health] of [
      [0, 'good'],
      [12, 'good'],
      [13, 'bad'],
      [1445, 'bad'],
    ] as const)
      assert.equal(watchHealth(plan, keptWatch(good(minutes)), NOW), health, `${minutes} min`);
    const failed = keptWatch({ ...good(6), last: { at: NOW, fault: 'x', failures: 1 } });
    assert.equal(watchHealth(plan, failed, NOW), 'warn');
    assert.equal(watchHealth(plan, keptWatch({ since: NOW }), NOW), 'idle');
    assert.equal(watchHealth(plan, keptWatch({ since: NOW - 20 * MINUTE_MS }), NOW), 'bad', 'never an answer');
  });

  it('say since when a text is so', async () => {
    const past = ['up', 'down', 'down'].map((value, index) => [NOW - (10 - 5 * index) * MINUTE_MS, value] as const);
    assert.match(await said(watches(keptWatch({ ...good(0), past }))), /so since .*09:55<\/time> at least/);
  });

  it('that cannot be read leave the others', async () => {
    const broken = { watches: { plans: () => [planOf()], all: () => Promise.reject(new Error('gone')) } };
    const text = await said({
      ...broken,
      schedules: async () => [{ kind: 'digest', name: 'morning', at: NOW + 7_200_000 }],
    });
    assert.match(text, /Watches are not known\. /);
    assert.match(text, /digest morning/);
    assert.match(text, /2 h/);
  });

  it('show jobs with their last success and failure', async () => {
    let now = NOW - 10 * MINUTE_MS;
    const book = createJobBook(() => now);
    const done = { kind: 'watch', name: 'github', detail: '12' } as const;
    book.note([
      { ...done, status: 'done' },
      { ...done, name: 'held', status: 'held' },
    ]);
    now = NOW;
    book.note([{ ...done, status: 'failed', detail: 'answered 500' }]);
    assert.deepEqual(book.jobs(), [
      {
        kind: done.kind,
        name: done.name,
        good: { at: NOW - 10 * MINUTE_MS, detail: done.detail },
        failed: { at: NOW, detail: 'answered 500' },
      },
    ]);
    const text = await said({ jobs: book.jobs });
    assert.match(text, /09:50<\/time>.*10:00<\/time>.*answered 500/);
  });
});
