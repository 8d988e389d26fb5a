import assert from 'node:assert/strict';
import type { Job } from '../../../../src/core/ports/alerting/job-store.ts';
import type { KeptCursor } from '../../../../src/core/ports/events/event-store.ts';
import type { KeptWatch } from '../../../../src/core/ports/watches/watch-store.ts';
import { statusBlocks } from '../../../../src/server/pages/status/blocks.ts';
import type { StatusSources } from '../../../../src/server/pages/status/sources.ts';
import { watchHealth } from '../../../../src/server/pages/status/watches.ts';
import { fakeStore } from '../../../support/events/fake-store.ts';
import { textIn } from '../../../support/pages/read-page.ts';
import { createClock } from '../../../support/time/clock.ts';
import { keptWatch, planOf } from '../../../support/watches/plans.ts';

const MINUTE_MS = 60_000;
const NOW = Date.parse('2026-11-20T10:00:00Z');

async function page(sources: Partial<StatusSources>): Promise<string> {
  const whole = { schedules: async () => [], jobs: () => [], ...sources };
  const { text } = await statusBlocks(
    whole,
    { now: NOW, hasActions: false },
    createClock(() => true),
  );
  return text;
}

/** By the mark of each row what stands there. */
async function rows(sources: Partial<StatusSources>): Promise<readonly string[]> {
  return [...(await page(sources)).matchAll(/<tr data-[^>]*>([^]*?)<\/tr>/g)].map(([, row]) => textIn(row!));
}

describe('jobs on the page of the status', () => {
  const result = (at: number | null, detail: string) => (at === null ? null : { at, detail });
  const job = (good: number | null, failed: number | null): Job => ({
    ...{ kind: 'digest', name: 'crm', good: result(good, 'told'), failed: result(failed, 'no room') },
  });

  it('are bad where the last went wrong, or none ever went well', async () => {
    const [early, late] = [NOW - 20 * MINUTE_MS, NOW - 10 * MINUTE_MS];
    const all = [job(early, null), job(late, early), job(early, late), job(null, late)];
    assert.deepEqual(await rows({ jobs: () => all }), [
      '✓ digest crm 09:40 none told',
      '✓ digest crm 09:50 09:40 told',
      '✕ digest crm 09:40 09:50 no room',
      '✕ digest crm none 09:50 no room',
    ]);
  });
});

describe('watches on the page of the status', () => {
  const row = async (...kept: readonly KeptWatch[]) =>
    (await rows({ watches: { all: async () => kept, plans: () => [planOf()] } }))[0]!.replace(/^.*f.yaml:1 /, '');
  const good = { at: NOW, more: {}, answer: null };
  const last = { at: NOW, fault: null, failures: 0 };
  const at = (minutes: number): number => NOW - minutes * MINUTE_MS;

  it('have no value before somebody looked', async () => {
    assert.equal(await row(), '– no answer yet not yet');
    assert.equal(await row(keptWatch({ since: NOW })), '– no answer yet not yet');
    assert.equal(watchHealth(planOf(), keptWatch({ since: NOW }), NOW), 'idle');
  });

  it('have a text since when it changed last, as far as that is known', async () => {
    const texts = [
      [at(15), 'up'],
      [at(10), 'down'],
      [at(5), 'down'],
    ] as const;
    const text = await row(keptWatch({ good: { ...good, value: 'down' }, last, past: texts }));
    assert.match(text, /^down 10:00 .* so since 09:50 at least in order, 10:00$/);
    assert.match(await row(keptWatch({ good: { ...good, value: 2.5 }, last, past: [[at(5), 2.5]] })), /^2\.5 10:00/);
  });

  it('are drawn as a line through the middle where they stay the same', async () => {
    const past = [at(10), at(5)].map((instant) => [instant, 7] as const);
    const sources = { watches: { all: async () => [keptWatch({ past })], plans: () => [planOf()] } };
    const whole = { schedules: async () => [], jobs: () => [], ...sources };
    const { text } = await statusBlocks(
      whole,
      { now: NOW, hasActions: false },
      createClock(() => true),
    );
    assert.match(text, /<path d="M0\.0 12\.0L160\.0 12\.0"\/>/);
  });
});

describe('intakes on the page of the status', () => {
  const cursor = (project: string, watermark: number | null): KeptCursor => ({
    ...{ project, name: '', position: null, watermark, movedAt: NOW - MINUTE_MS, since: null, missing: [] },
  });

  it('are good, behind, of unknown reach or never read, and tell what could not be read', async () => {
    const store = fakeStore();
    store.readers = [
      cursor('shop', NOW - 2 * MINUTE_MS),
      cursor('back', NOW - 2 * MINUTE_MS),
      { ...cursor('back', NOW - 40 * MINUTE_MS), name: 'host-2' },
      cursor('cms', null),
    ];
    store.rejects = async (project) => ({ total: project === 'back' ? 1234 : 0, notes: 0, newest: [] });
    const events = { store, projects: ['shop', 'back', 'cms', 'new'] };
    assert.deepEqual(await rows({ events }), [
      '✓ shop 09:58 2 min 0 09:59 1 min ago',
      '✕ back 09:20 40 min 1,234 09:59 1 min ago',
      '✕ cms not known – 0 09:59 1 min ago',
      '· new not known – 0 never yet',
    ]);
  });

  it('are paused where there is no room for events, and say so', async () => {
    const store = fakeStore();
    store.readers = [cursor('shop', NOW - 2 * MINUTE_MS)];
    store.room = async () => ({ bytes: 2, mostBytes: 1, full: 'Intakes pause: <full>' });
    const sources = { events: { store, projects: ['shop'] } };
    assert.deepEqual(await rows(sources), ['✕ shop paused 09:58 2 min 0 09:59 1 min ago']);
    assert.match(await page(sources), /Intakes pause: &lt;full&gt;\./);
    store.room = async () => ({ bytes: 0, mostBytes: 1, full: null });
    assert.deepEqual(await rows(sources), ['✓ shop 09:58 2 min 0 09:59 1 min ago']);
  });
});
