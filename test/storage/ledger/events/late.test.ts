import assert from 'node:assert/strict';
import { PERIOD_MS } from '../../../../src/core/model/window.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { sqlHistory } from '../../../../src/storage/ledger/history.ts';
import { filterOf, reportOf, WINDOW } from '../../../support/build/reports.ts';
import { eventOf } from '../../../support/events/events.ts';
import { claimsDeps, KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

for (const { kind, open } of KINDS)
  describe(`windows that got events after they were counted, in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;

    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });

    afterEach(() => box.close());

    const WEB = [{ filter: 'crm', projects: ['web', 'api'] }];
    const ID = `crm@${new Date(WINDOW.start).toISOString()}`;
    const put = (held: number | undefined, revision = 0) =>
      sqlHistory(box.database, claimsDeps).put([
        reportOf({ id: ID, filter: filterOf({ name: 'crm' }), window: WINDOW, revision, held }),
      ]);
    const add = (project: string, ...ids: readonly string[]) =>
      store.add({ project, events: ids.map((id) => eventOf(id)) });
    const late = async (from = WINDOW.start): Promise<readonly unknown[]> =>
      (await store.late(WEB, from)).map(({ filter, at }) => [filter, at]);
    const FOUND = [['crm', WINDOW.start]];

    it('are those that hold more than they did, in any of their projects, whatever the clock says', async () => {
      await add('web', 'a', 'b');
      await put(2);
      assert.deepEqual(await late(), []);
      await add('web', 'a', 'b');
      await add('other', 'c');
      assert.deepEqual(await late(), [], 'what is known, and what is another one’s, is nothing new');
      await add('api', 'c');
      assert.deepEqual(await late(), FOUND);
      assert.deepEqual(await late(WINDOW.start + PERIOD_MS), []);
    });

    it('are none of them once they were counted anew, or were read and had nothing more', async () => {
      await put(0);
      await add('web', 'a');
      assert.deepEqual(await late(), FOUND);
      await put(1, 1);
      assert.deepEqual(await late(), []);
      await add('web', 'b');
      await store.noteHeld([{ reportId: ID, held: 2 }]);
      assert.deepEqual(await late(), []);
      await store.noteHeld([{ reportId: ID, held: 1 }]);
      assert.deepEqual(await late(), [], 'who read earlier changes nothing');
      await add('web', 'c');
      assert.deepEqual(await late(), FOUND);
    });

    it('were not counted by a source that keeps no events', async () => {
      await put(undefined);
      await add('web', 'a');
      assert.deepEqual(await late(), []);
    });
  });
