import assert from 'node:assert/strict';
import { HOUR_MS } from '../../../../../src/core/model/window.ts';
import type { EventStore } from '../../../../../src/core/ports/events/event-store.ts';
import type { EventPoint } from '../../../../../src/core/ports/events/lists.ts';
import { sqlEvents } from '../../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../../support/build/reports.ts';
import { eventOf } from '../../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';

const SPAN = { start: WINDOW.start - HOUR_MS, end: WINDOW.start + HOUR_MS };

for (const { kind, open } of KINDS)
  describe(`events listed in ${kind}`, () => {
    let box: LedgerBox;
    let store: Pick<EventStore, 'add' | 'newest'>;

    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });

    afterEach(() => box.close());

    const put = (project: string, ...events: readonly (readonly [id: string, after: number])[]) =>
      store.add({ project, events: events.map(([id, after]) => eventOf(id, { at: WINDOW.start + after })) });
    const list = async (limit: number, after: EventPoint | null = null, projects = ['web', 'api']) =>
      (await store.newest({ projects, span: SPAN, after, limit })).map(({ project, id }) => `${project} ${id}`);

    it('come the newest first, of one instant by project and backwards by id', async () => {
      await put('web', ['b', 1_000], ['a', 1_000], ['c', 3_000]);
      await put('api', ['z', 1_000], ['y', 2_000], ['x', -2 * HOUR_MS]);
      assert.deepEqual(await list(10), ['web c', 'api y', 'api z', 'web b', 'web a']);
      assert.deepEqual(await list(10, null, ['web']), ['web c', 'web b', 'web a']);
      assert.deepEqual(await list(10, null, []), []);
    });

    it('page by page are those of one page, whatever is stored or forgotten meanwhile', async () => {
      await put('web', ['b', 1_000], ['a', 1_000], ['c', 3_000], ["d'%_", 1_000]);
      await put('api', ['z', 1_000], ['y', 2_000], ['w', 1_000]);
      const all = await list(10);
      assert.equal(all.length, 7);
      for (const size of [1, 2, 3]) {
        const found: string[] = [];
        for (let after: EventPoint | null = null; ;) {
          const page = await store.newest({ projects: ['web', 'api'], span: SPAN, after, limit: size });
          found.push(...page.map(({ project, id }) => `${project} ${id}`));
          const last = page.at(-1);
          if (last === undefined) break;
          after = { at: last.at, project: last.project, id: last.id };
          await put('web', [`newer ${size} ${found.length}`, 5_000]);
        }
        assert.deepEqual(
          found.filter((it) => !it.includes('newer')),
          all,
          `${size} at a time`,
        );
      }
      const gone = { at: WINDOW.start + 1_000, project: 'web', id: 'bb' };
      assert.deepEqual(await list(10, gone), ['web b', 'web a'], 'after one that is not there');
    });
  });
