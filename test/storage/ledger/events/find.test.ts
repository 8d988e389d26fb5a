import assert from 'node:assert/strict';
import type { ErrorEvent } from '../../../../src/core/model/events/event.ts';
import type { IssuesAsked } from '../../../../src/core/ports/events/event-store.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { WINDOW } from '../../../support/build/reports.ts';
import { eventOf } from '../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const AT = WINDOW.start;

for (const { kind, open } of KINDS)
  describe(`issues that somebody looks for, in ${kind}`, () => {
    let box: LedgerBox;
    let store: ReturnType<typeof sqlEvents>;

    before(async () => {
      box = await open();
      store = sqlEvents(box.database);
      const put = (project: string, id: string, given: Partial<ErrorEvent>) =>
        store.add({ project, events: [eventOf(id, { culprit: 'cart.js', ...given })] });
      await put('web', 'a', { issueId: '1', at: AT - 100, title: 'Old Title' });
      await put('web', 'b', { issueId: '1', at: AT + 9, title: 'TypeError: Cart is 100% "gone"' });
      await put('web', 'c', {
        issueId: '2',
        at: AT + 5,
        title: 'Bestellung GRÖSSER_als erlaubt',
        culprit: 'Order.save',
      });
      await put('web', 'd', { issueId: '3:ab', at: AT - 7, title: 'nothing new' });
      await put('api', 'e', { issueId: '2', at: AT + 7, title: 'another of that id \\ here' });
    });
    after(() => box.close());

    const find = async (asked: Partial<IssuesAsked> = {}): Promise<readonly string[]> => {
      const found = await store.find({ projects: ['web', 'api'], since: 0, first: true, limit: 10, ...asked });
      return found.map(
        ({ project, issueId, first, last }) => `${project} ${issueId} ${(first ?? NaN) - AT} ${last - AT}`,
      );
    };

    it('come by their newest event, with their first one', async () => {
      assert.deepEqual(await find(), ['web 1 -100 9', 'api 2 7 7', 'web 2 5 5', 'web 3:ab -7 -7']);
      assert.deepEqual(await find({ projects: ['api'] }), ['api 2 7 7']);
      assert.deepEqual(await find({ projects: [] }), []);
      assert.deepEqual(await find({ since: AT + 7 }), ['web 1 -100 9', 'api 2 7 7']);
      assert.deepEqual(await find({ limit: 1 }), ['web 1 -100 9']);
    });

    it('are found by what they say, culprit and id included, in whatever letters; signs stand for themselves', async () => {
      const ids = async (text: string): Promise<string> =>
        (await find({ text })).map((it) => it.split(' ')[1]).join(' ');
      assert.equal(await ids('typeerror: CART'), '1');
      assert.equal(await ids('old title'), '', 'as the newest event tells it');
      assert.equal(await ids('100% "g'), '1');
      assert.equal(await ids('100%g'), '');
      assert.equal(await ids('ö'), kind === 'SQLite' ? '' : '2');
      assert.equal(await ids('GRÖSSER_'), '2');
      assert.equal(await ids('S_als'), '');
      assert.equal(await ids('order.SAVE'), '2');
      assert.equal(await ids('3:A'), '3:ab');
      assert.equal(await ids('id \\ h'), '2');
      assert.equal(await ids("' or 1=1 --"), '');
    });
  });
