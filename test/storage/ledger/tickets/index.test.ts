import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Link, Ticket } from '../../../../src/core/model/ticketing/ticket.ts';
import type { KnownTicket, TicketState, TicketStore } from '../../../../src/core/ports/tickets/ticket-store.ts';
import { sqlTickets } from '../../../../src/storage/ledger/tickets/index.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const AT = { issue: 'manager/1:abc', project: 'CRM' };
const NOT_YET: TicketState = {
  ...{ ticket: null, previous: null, isRelated: true, work: null, writtenAt: null, toldUntil: null, toldTotal: 0 },
  ...{ reopenedFor: null, seenAt: null, error: null },
};
const REF = { id: '10001', key: 'CRM-1', url: 'https://jira.example.com/browse/CRM-1' };
const WORK = { kind: 'create', mark: 'm', since: 5, isUncertain: true, until: null, total: 3 } as const;

function ticketIn(change: Partial<KnownTicket> = {}): KnownTicket {
  return {
    ...{ ...REF, summary: 'KeyError: cart', status: 'To Do', isDone: false, doneAt: null, resolution: null },
    ...{ assignee: 'Ann', labels: ['sm-1'], createdAt: 1, updatedAt: 2, project: 'CRM', words: 'a b', openings: [] },
    said: 'crm-1 keyerror: cart',
    ...change,
  };
}

for (const { kind, open } of KINDS)
  describe(`tickets in ${kind}`, () => {
    let box: LedgerBox;
    let store: TicketStore;
    let other: TicketStore;
    before(async () => {
      box = await open();
      [store, other] = [sqlTickets(box.database, randomUUID), sqlTickets(box.another(), randomUUID)];
    });
    beforeEach(async () => {
      const { db } = await box.database.ready();
      const tables = ['tickets', 'known_tickets', 'ticket_links', 'ticket_openings', 'ticket_readings', 'issue_texts'];
      for (const table of tables) await db.deleteFrom(`sentry_monitor_${table}` as 'sentry_monitor_tickets').execute();
    });
    after(() => box.close());
    const read = (...tickets: readonly KnownTicket[]) => store.keepKnown({ project: 'CRM', tickets, until: null });
    const keysOf = (all: readonly Ticket[]) => all.map(({ key }) => key);

    it('have a row for one at a time, and what it keeps comes back', async () => {
      const [first, second] = await Promise.all([store.take(AT, 60_000), other.take(AT, 60_000)]);
      const [mine, owner] = first === null ? [second!, other] : [first, store];
      assert.ok((first === null) !== (second === null));
      assert.equal(mine.state, null);
      const state = { ...NOT_YET, work: WORK, error: 'half \uD800 a letter, NUL \0' };
      assert.equal(await owner.keep(AT, mine.token, state, 60_000), true);
      assert.deepEqual(await other.unsettled(9), [AT]);
      assert.equal(await other.take(AT, 60_000), null);
      await owner.keep(AT, mine.token, { ...NOT_YET, ticket: REF }, 0);
      assert.deepEqual(await other.unsettled(9), []);
      assert.deepEqual((await other.take(AT, 60_000))?.state, { ...NOT_YET, ticket: REF });
      assert.equal(await owner.keep(AT, mine.token, NOT_YET, 0), false, 'it was taken over');
    });

    it('take over a row whose owner is gone', async () => {
      const dead = (await store.take(AT, -1))!;
      const mine = (await other.take(AT, 60_000))!;
      assert.equal(await store.keep(AT, dead.token, NOT_YET, 0), false);
      assert.equal(await other.keep(AT, mine.token, NOT_YET, 0), true);
    });

    it('are known as they were read last, with the strongest link of each issue', async () => {
      await read(ticketIn({ updatedAt: 7, status: 'Doing' }), ticketIn({ id: '2', key: 'CRM-2' }));
      await read(ticketIn({ updatedAt: 6 }));
      const links: readonly (readonly [string, Link])[] = [
        ['10001', 'similar'],
        ['10001', 'exact'],
        ['2', 'label'],
        ['2', 'similar'],
      ];
      await store.link(links.map(([ticketId, link]) => ({ issue: AT.issue, ticketId, link })));
      const found = (await other.linked([AT.issue, 'other/1'])).get(AT.issue)!;
      assert.deepEqual(
        found.map(({ key, link, status }) => [key, link, status]),
        [
          ['CRM-2', 'label', 'To Do'],
          ['CRM-1', 'exact', 'Doing'],
        ],
      );
      await store.forget('2');
      assert.deepEqual(keysOf((await other.linked([AT.issue])).get(AT.issue)!), ['CRM-1']);
    });

    it('lose the links that their text gave when they are read again, and keep those that people made', async () => {
      await read(ticketIn(), ticketIn({ id: '2', key: 'CRM-2' }));
      await store.link([
        { issue: AT.issue, ticketId: '10001', link: 'filed' },
        { issue: AT.issue, ticketId: '2', link: 'exact' },
      ]);
      await read(ticketIn({ updatedAt: 9 }), ticketIn({ id: '2', key: 'CRM-2', updatedAt: 9 }));
      assert.deepEqual(keysOf((await store.linked([AT.issue])).get(AT.issue)!), ['CRM-1']);
    });

    it('are found by openings of texts, and issues by openings and labels', async () => {
      await read(ticketIn({ openings: ['aa', 'bb'] }), ticketIn({ id: '2', key: 'CRM-2', openings: ['cc'] }));
      assert.deepEqual(keysOf(await store.withOpening(['bb', 'zz', 'aa'])), ['CRM-1']);
      await read(ticketIn({ openings: [], updatedAt: 9 }));
      assert.deepEqual(await store.withOpening(['aa']), []);
      const text = { issue: AT.issue, label: 'sm-1', words: 'a b', opening: 'aa' };
      await store.keepTexts([text, { issue: 'other/2', label: 'sm-2', words: '', opening: '' }]);
      assert.deepEqual(await other.issuesWith(['sm-1'], ['aa']), [text]);
      assert.deepEqual(
        (await other.issuesWith(['sm-2'], [])).map(({ issue }) => issue),
        ['other/2'],
      );
    });

    it('are searched for by all words, and remember how far they were read', async () => {
      const said = (key: string, summary: string, more = '') =>
        ticketIn({ id: key, key, summary, said: `${key} ${summary} ${more}`.toLowerCase() });
      await read(
        said('CRM-12', 'Cart is empty'),
        said('CRM-1', 'other', 'cart'),
        said('CRM-7', 'nothing, 100% "sure"'),
      );
      assert.deepEqual(keysOf(await store.search('Cart', 9)), ['CRM-12', 'CRM-1']);
      assert.deepEqual(keysOf(await store.search('crm-1', 9)), ['CRM-1', 'CRM-12']);
      assert.deepEqual(keysOf(await store.search('100% "sure"', 9)), ['CRM-7']);
      assert.deepEqual((await store.search('', 2)).length, 2);
      assert.equal(await store.readUntil('CRM'), null);
      await store.keepKnown({ project: 'CRM', tickets: [], until: 77 });
      assert.equal(await other.readUntil('CRM'), 77);
    });
  });
