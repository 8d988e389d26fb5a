import assert from 'node:assert/strict';
import { DAY_MS } from '../../../../src/core/model/window.ts';
import { readEvent } from '../../../../src/integrations/intakes/sqs/event.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { exceptionOf, sentryEvent } from '../../../support/intakes/sentry-event.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const FIRST = Date.UTC(2026, 0, 1);
const WISH = { projects: ['shop'], environments: [], levels: [] };

/** Day 1 is the first. */
function day(from: number, to = from): { readonly start: number; readonly end: number } {
  return { start: FIRST + (from - 1) * DAY_MS, end: FIRST + to * DAY_MS };
}

for (const { kind, open } of KINDS)
  describe(`events of a queue, kept in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;
    beforeEach(async () => {
      box = await open();
      store = sqlEvents(box.database);
    });
    afterEach(() => box.close());

    /** An event of an issue, some hours into that day. */
    async function add(groupID: number, eventID: string, on: number, more: object = {}): Promise<void> {
      const at = new Date(day(on).start + 7_200_000).toISOString();
      const read = readEvent(sentryEvent({ groupID, eventID, dateCreated: at, dateReceived: at, ...more }), 0);
      assert.ok('event' in read);
      await store.add({ project: 'shop', events: [read.event] });
    }
    const count = async (issue: number, from: number, to?: number): Promise<number> =>
      (await store.counts(WISH, [String(issue)], day(from, to))).get(String(issue)) ?? 0;

    it('are counted once by their id, on the day on which they came first', async () => {
      for (const on of [1, 1, 2, 3]) await add(1, 'same', on);
      await add(1, 'other', 1);
      assert.deepEqual([await count(1, -400, 400), await count(1, 1), await count(1, 2, 3)], [2, 2, 0]);
    });

    it('are counted over days, the first and the last one included', async () => {
      for (const [id, on] of [
        ['a', 1],
        ['b', 1],
        ['c', 2],
        ['d', 3],
        ['e', 3],
      ] as const)
        await add(1, id, on);
      const spans = [
        [1, 400],
        [1, 2],
        [2, 2],
        [-400, 2],
        [1, 3],
        [6, 400],
      ] as const;
      const counts: number[] = [];
      for (const [from, to] of spans) counts.push(await count(1, from, to));
      assert.deepEqual(counts, [5, 3, 1, 3, 5, 0]);
    });

    it('of one issue are none of another', async () => {
      await add(1, 'a', 1);
      await add(1, 'b', 1);
      await add(2, 'c', 2);
      assert.deepEqual([await count(1, 1, 9), await count(2, 1, 9)], [2, 1]);
    });

    it('later ones move when it was seen last, and the first one stays to be looked at', async () => {
      await add(1, 'a', 1, { message: 'the first', entries: [exceptionOf('shop.one')] });
      await add(1, 'b', 2, { message: 'the second', entries: [] });
      const [first, newest] = await store.samples('shop', '1');
      assert.deepEqual([first!.sample!.text, first!.sample!.frames.length], ['the first', 2]);
      assert.deepEqual([newest!.sample!.text, newest!.sample!.frames.length], ['the second', 0]);
      const { first: begin, last } = (await store.issues(['shop'], ['1'], [])).get('1')!;
      assert.deepEqual([begin, last], [day(1).start + 7_200_000, day(2).start + 7_200_000]);
      assert.deepEqual([await count(1, 1, 9), await count(1, 2, 9)], [2, 1]);
    });
  });
