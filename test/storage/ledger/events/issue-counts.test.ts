import assert from 'node:assert/strict';
import { DAY_MS, HOUR_MS } from '../../../../src/core/model/window.ts';
import { foldCounts } from '../../../../src/storage/ledger/events/fold.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { eventOf } from '../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const ALL = { projects: ['web'], environments: [], levels: [] };
const DAY = Date.UTC(2026, 10, 20);
/** Ids that look like parts of a list of others. */
const IDS = ['77', 'x"77', '"77",5', ',"77', '77",1,"77', String.raw`\"77`, '7', '777'];

for (const { kind, open } of KINDS)
  describe(`what issues come to, in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;
    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });
    afterEach(() => box.close());

    it('is the same of one and of all, of windows and of whole days, folded or not', async () => {
      const wanted = new Map<string, number>();
      const events = IDS.flatMap((issueId, n) =>
        Array.from({ length: n + 1 }, (_, k) => {
          wanted.set(issueId, n + 1);
          return eventOf(`${n}-${k}`, { issueId, at: DAY + k * 6 * HOUR_MS, level: k % 2 === 0 ? 'error' : 'fatal' });
        }),
      );
      await store.add({ project: 'web', events });
      const days = { start: DAY - DAY_MS, end: DAY + 3 * DAY_MS };
      const check = async (): Promise<void> => {
        for (const span of [days, { start: DAY - HOUR_MS, end: DAY + 3 * DAY_MS }]) {
          assert.deepEqual(await store.counts(ALL, IDS, span), wanted);
          for (const id of IDS) assert.deepEqual(await store.counts(ALL, [id], span), new Map([[id, wanted.get(id)!]]));
        }
        const fatal = { ...ALL, levels: ['fatal'] };
        assert.deepEqual(await store.counts(fatal, ['777'], days), new Map([['777', 4]]));
      };
      await check();
      await foldCounts(await box.database.ready(), 'web', DAY + 4 * DAY_MS);
      await check();
      await store.add({ project: 'web', events: [eventOf('late', { issueId: '77', at: DAY + 5 })] });
      assert.deepEqual(await store.counts(ALL, ['77'], days), new Map([['77', 2]]));
    });

    it('users are distinct by issue, of some or of all, within the span', async () => {
      const of = (id: string, issueId: string, user: string | null, at = DAY) => eventOf(id, { issueId, user, at });
      await store.add({
        project: 'web',
        events: [
          ...[of('1', 'a', 'id:1'), of('2', 'a', 'id:1'), of('3', 'a', 'id:2'), of('4', 'a', null)],
          ...[of('5', 'b', 'id:1'), of('6', 'b', 'id:9', DAY + DAY_MS), of('7', 'c', null)],
        ],
      });
      await store.add({ project: 'other', events: [of('8', 'a', 'id:3')] });
      const span = { start: DAY, end: DAY + DAY_MS };
      const users = async (ids: readonly string[] | null) => [...(await store.usersBy('web', ids, span))].toSorted();
      assert.deepEqual(await users(null), [
        ['a', 2],
        ['b', 1],
      ]);
      assert.deepEqual(await users(['a', 'c', 'none']), [['a', 2]]);
      assert.deepEqual(await users([]), []);
    });
  });
