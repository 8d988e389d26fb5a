import assert from 'node:assert/strict';
import { sqlEvents } from '../../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../../support/build/reports.ts';
import { eventOf } from '../../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../../support/ledger/ledgers.ts';

const [START, PERIOD] = [WINDOW.start, 300_000];

function timing(name: string, count: number, window = START) {
  return { name, window, count, sum: count * 7, min: 7, max: 7, seen: [[7, count] as const] };
}

for (const { kind, open } of KINDS)
  describe(`durations and remarks in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;
    before(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });
    after(() => box.close());

    const found = async (project: string, end = START + PERIOD) => {
      const all = await store.timings([project], { start: START, end });
      return all.map(({ name, count, window }) => [name, count, window - START]);
    };
    const cursor = (position: string) => ({ name: 'host-1', position, watermark: null });

    it('are kept by what they were read from: read again, they take the place of what was there', async () => {
      const add = (part: string, ...timings: readonly ReturnType<typeof timing>[]) =>
        store.add({ project: 'shop', events: [], timings: { part, timings } });
      await add('a', timing('pay', 2), timing('cart "x"', 1), timing('pay', 4, START + PERIOD));
      await add('b', timing('pay', 3));
      await add('a', timing('pay', 5));
      assert.deepEqual(await found('shop'), [
        ['cart "x"', 1, 0],
        ['pay', 5, 0],
        ['pay', 3, 0],
      ]);
      assert.equal((await found('shop', START + 2 * PERIOD)).length, 4);
      assert.deepEqual(await found('other'), []);
    });

    it('of events are counted with them, once', async () => {
      const events = [
        eventOf('a', { at: START, took: { name: 'pay', ms: 153 } }),
        eventOf('b', { at: START + 9, took: { name: 'pay', ms: 20 } }),
        eventOf('c', { at: START + PERIOD, took: { name: 'pay', ms: 1_234 } }),
        eventOf('d', { at: START }),
      ];
      await store.add({ project: 'queue', events: events.slice(0, 2) });
      await store.add({ project: 'queue', events });
      await store.add({ project: 'queue', events: events.slice(1) });
      const all = await store.timings(['queue'], { start: START, end: START + 2 * PERIOD });
      assert.deepEqual(
        all.map(({ window, count, sum, min, max, seen }) => [window - START, count, sum, min, max, seen]),
        [
          [
            0,
            2,
            173,
            20,
            153,
            [
              [20, 1],
              [153, 1],
            ],
          ],
          [PERIOD, 1, 1_234, 1_234, 1_234, [[1_230, 1]]],
        ],
      );
    });

    it('are counted by one of two that read the same text at once, and the other reads on from there', async () => {
      const add = (after: string | null, position: string, count: number) =>
        store.add({
          ...{ project: 'disk', events: [], cursor: cursor(position) },
          timings: { part: `${count}`, timings: [timing('pay', count)], after },
        });
      await add(null, 'p-1', 1);
      await add('p-1', 'p-2', 2);
      await add('p-1', 'p-3', 4);
      const [stands] = await store.cursors(['disk']);
      assert.deepEqual([stands!.position, (await found('disk')).map(([, count]) => count)], ['p-2', [1, 2]]);
      await store.add({ project: 'disk', events: [], cursor: cursor('p-4') });
      assert.equal((await store.cursors(['disk']))[0]!.position, 'p-4', 'without durations it is as it was');
    });

    it('remarks are counted beside rejects, each once, and shown among them', async () => {
      const reject = { id: 'r-1', at: START, reason: 'nine columns', place: 'byte 7', text: 'x' };
      const note = { ...reject, id: 'n-1', at: START + 1, reason: 'too long' };
      const add = () => store.add({ project: 'web', events: [], rejects: [reject], notes: [note] });
      assert.equal((await add()).rejects, 1);
      assert.equal((await add()).rejects, 0);
      const { total, notes, newest } = await store.rejects('web', 10);
      assert.deepEqual([total, notes], [1, 1]);
      assert.deepEqual(newest, [
        { ...note, isNote: true },
        { ...reject, isNote: false },
      ]);
    });
  });
