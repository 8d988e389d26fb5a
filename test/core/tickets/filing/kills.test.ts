import assert from 'node:assert/strict';
import { fileTicket } from '../../../../src/core/tickets/filing/file-ticket.ts';
import type { TicketStore } from '../../../../src/core/ports/tickets/ticket-store.ts';
import { filingBox, orderIn } from '../../../support/tickets/filing.ts';

/** Its server dies when it has asked the store so often: from then on nothing is kept. */
function dying(store: TicketStore, after: number): TicketStore {
  let calls = 0;
  const guard =
    <A extends readonly unknown[], T>(act: (...given: A) => Promise<T>) =>
    async (...given: A): Promise<T> => {
      if (++calls > after) throw new Error('killed');
      return act(...given);
    };
  return { ...store, keep: guard(store.keep), keepKnown: guard(store.keepKnown), link: guard(store.link) };
}

describe('a server that dies while it files a ticket', () => {
  for (let after = 0; after <= 6; after++)
    for (const search of ['sees all', 'is ten minutes late'] as const)
      it(`after ${after} writes: another one goes on, and there is one ticket; search ${search}`, async () => {
        const box = filingBox();
        if (search !== 'sees all') box.tracker.unseen.add('10001');
        const store = dying(box.deps.store, after);
        await fileTicket(orderIn(), { ...box.deps, store }, box.scope).catch(() => undefined);
        for (let minute = 0; minute < 12; minute++) {
          await box.file();
          box.clock.advance(60_000);
          if (minute === 9) box.tracker.unseen.clear();
        }
        box.clock.advance(120_000);
        const last = await box.file();
        assert.equal('ticket' in last && last.ticket.key, 'CRM-1', last.say);
        assert.equal(box.tracker.created.length, 1);
      });
});
