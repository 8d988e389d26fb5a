import assert from 'node:assert/strict';
import type { EventStore } from '../../../../../src/core/ports/events/event-store.ts';
import { sqlEvents } from '../../../../../src/storage/ledger/events/index.ts';
import { nextPlace } from '../../../../../src/storage/ledger/events/lists/stored.ts';
import { WINDOW } from '../../../../support/build/reports.ts';
import { eventOf } from '../../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS)
  describe(`the order in which events are stored in ${kind}`, () => {
    let box: LedgerBox;
    let store: Pick<EventStore, 'add' | 'reached' | 'stored'>;

    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });

    afterEach(() => box.close());

    const put = (project: string, ...ids: readonly string[]) =>
      store.add({ project, events: ids.map((id) => eventOf(id, { at: WINDOW.start - ids.length })) });
    const reached = async (project = 'web'): Promise<number> => (await store.reached([project])).get(project) ?? 0;
    const stored = async (after: number, upTo: number): Promise<readonly string[]> => {
      const found: string[] = [];
      await store.stored('web', { after, upTo }, (events) => void found.push(...events.map(({ id }) => id)));
      return found;
    };

    it('tells what came since, once, whenever it happened', async () => {
      assert.deepEqual([...(await store.reached(['web', 'api']))], []);
      await put('web', 'b', 'a');
      await put('api', 'x');
      const first = await reached();
      assert.deepEqual(await stored(0, first), ['a', 'b']);
      await put('web', 'c', 'a');
      await put('web', 'd');
      const second = await reached();
      assert.deepEqual(await stored(first, second), ['c', 'd']);
      assert.deepEqual(await stored(second, second), []);
      assert.equal(await reached('api'), await reached('api'));
    });

    it('goes on when the clock goes back, and where it stands', async () => {
      await put('web', 'a');
      const engine = await box.database.ready();
      const ahead = (await reached()) + 3_600_000;
      await engine.db.updateTable('sentry_monitor_event_order').set({ stored_at: ahead }).execute();
      assert.equal(await nextPlace(engine, 'web'), ahead + 1);
      await put('web', 'b');
      assert.equal(await reached(), ahead + 2);
      assert.deepEqual(await stored(ahead, ahead + 2), ['b']);
    });

    it('passes none over, however many are read at once', async () => {
      for (let n = 0; n < 9; n++) await put('web', ...Array.from({ length: 500 }, (_, k) => `e${n * 500 + k}`));
      const found = await stored(0, await reached());
      assert.equal(found.length, 4_500);
      assert.equal(new Set(found).size, 4_500);
    });
  });

describe('the order in which events are stored by several servers', () => {
  it('has none before one that somebody saw', async () => {
    const { open } = KINDS.find(({ kind }) => kind === 'PostgreSQL')!;
    const box = await open();
    try {
      const stores = [box.database, box.another(), box.another()].map((it) => sqlEvents(it));
      let [after, isOver] = [0, false];
      const seen: string[] = [];
      const look = async (): Promise<void> => {
        const upTo = (await stores[0]!.reached(['web'])).get('web') ?? 0;
        await stores[0]!.stored('web', { after, upTo }, (events) => void seen.push(...events.map(({ id }) => id)));
        after = upTo;
      };
      const watching = (async () => {
        while (!isOver) await look();
        await look();
      })();
      await Promise.all(
        stores.map(async (store, server) => {
          for (let n = 0; n < 20; n++) {
            const ids = Array.from({ length: n % 2 === 0 ? 1 : 40 }, (_, k) => `${server}-${n}-${k}`);
            await store.add({ project: 'web', events: ids.map((id) => eventOf(id)) });
          }
        }),
      );
      isOver = true;
      await watching;
      assert.equal(seen.length, 3 * 10 * 41);
      assert.equal(new Set(seen).size, seen.length);
    } finally {
      await box.close();
    }
  });
});
