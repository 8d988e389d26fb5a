import assert from 'node:assert/strict';
import { keysOfDays } from '../../../../src/integrations/intakes/papertrail/asking/days.ts';
import {
  shortened,
  stateBefore,
  tellNewest,
  textOf,
} from '../../../../src/integrations/intakes/papertrail/reading/states.ts';
import { createTextBasket } from '../../../../src/integrations/vendors/logs/text-basket.ts';
import { createCounting } from '../../../../src/integrations/vendors/logs/counting.ts';
import { eventOf } from '../../../support/events/events.ts';

const EMPTY = { streams: [], newest: null };
const HOUR = 3_600_000;

describe('what is open at the end of an archive', () => {
  const stream = (open: string | null, name: string) => ({ name, open });
  const state = (...streams: readonly object[]) => ({ streams, newest: null }) as never;

  it('is kept as text, but not what is too much', () => {
    assert.equal(textOf(null), null);
    assert.equal(textOf(EMPTY as never), JSON.stringify(EMPTY));
    const large = 'x'.repeat(2_000_000);
    assert.deepEqual(shortened(state(stream('a', 'one'), stream(null, large))), state(stream('a', 'one')));
    assert.equal(shortened(state(stream(large, 'one'))), null);
  });

  it('goes on in the archive of the next hour, and else is told', async () => {
    const told: unknown[] = [];
    const rules = { noise: [] };
    const reading = {
      plan: { reader: undefined, rules },
      store: { add: async () => ({}) },
      at: 0,
      counting: createCounting(),
    };
    const around = {
      name: 'shop',
      reading,
      store: { objects: { told: async (...it: unknown[]) => void told.push(it) } },
    } as never;
    const before = (name: string) => ({ name, state: JSON.stringify(EMPTY), movedAt: 0 });
    const claimed = (at: unknown) => ({ name: '2026-11-29-04.tsv', before: at }) as never;
    assert.deepEqual(await stateBefore(claimed(before('2026-11-29-03.tsv')), around), EMPTY);
    assert.equal(await stateBefore(claimed(null), around), null);
    assert.equal(await stateBefore(claimed({ ...before('2026-11-29-03.tsv'), state: null }), around), null);
    assert.deepEqual(told, []);
  });

  it('of the newest is left alone while something may follow it', async () => {
    const objects = (newest: unknown) => ({
      ...{ reach: async () => ({ newest, waiting: null }), told: async () => assert.fail('told') },
    });
    for (const newest of [
      null,
      { name: 'a', state: null, movedAt: 0 },
      { name: 'a', state: JSON.stringify(EMPTY), movedAt: 7 * HOUR },
    ])
      await tellNewest({ name: 'shop', reading: {}, store: { objects: objects(newest) } } as never, 8 * HOUR);
  });
});

describe('archives of days', () => {
  it('lie below the prefix, or one folder further down', async () => {
    const asked: string[] = [];
    const list = async (_bucket: string, prefix: string) => {
      asked.push(prefix);
      const folders = prefix === 'logs/' ? ['logs/123/', 'logs/dt=2026-11-29/'] : [];
      return { keys: [`${prefix}a.tsv.gz`, `${prefix}b.txt`], folders };
    };
    const days = { from: '2026-11-29', to: '2026-11-30' };
    const keys = await keysOfDays(days, { bucket: 'b', prefix: 'logs' }, { list }, new AbortController().signal);
    assert.equal(keys.length, 4);
    assert.ok(keys.includes('logs/123/dt=2026-11-30/a.tsv.gz'));
    asked.length = 0;
    await keysOfDays(
      { from: '2026-11-29', to: '2026-11-29' },
      { bucket: 'b', prefix: '' },
      { list },
      new AbortController().signal,
    );
    assert.deepEqual(asked, ['', 'dt=2026-11-29/']);
  });
});

describe('what a text brought', () => {
  const stage = () => {
    const added: { events: number; rejects: number; notes: number; timings: boolean }[] = [];
    const store = {
      add: async ({ events, rejects, notes = [], timings }: Record<string, readonly unknown[]>) => {
        added.push({
          events: events!.length,
          rejects: rejects!.length,
          notes: notes.length,
          timings: timings !== undefined,
        });
        return { stored: events!.length, repeats: 0, rejects: 0 };
      },
    };
    const reading = {
      plan: { rules: { noise: [] } },
      store,
      project: 'shop',
      counting: createCounting(),
      at: 0,
    } as never;
    return { added, basket: createTextBasket(reading, { name: 'a.log', prefix: 'a.log:', at: 0 }) };
  };

  it('is stored with its remarks, and durations alone too', async () => {
    const { added, basket } = stage();
    await basket.flush();
    assert.deepEqual(added, []);
    const reject = { id: '5', at: 0, reason: 'no time', place: 'a.log:5', text: 'x' };
    basket.add({ events: [eventOf('e')], rejects: [reject], notes: [{ place: 'a.log:7', reason: 'cut', text: '' }] });
    await basket.flush();
    await basket.flush({ part: 'text', timings: [] });
    assert.deepEqual(added, [
      { events: 1, rejects: 1, notes: 1, timings: false },
      { events: 0, rejects: 0, notes: 0, timings: true },
    ]);
  });
});
