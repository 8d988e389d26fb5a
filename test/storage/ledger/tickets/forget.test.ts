import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { DAY_MS } from '../../../../src/core/model/window.ts';
import type { KnownTicket, TicketState } from '../../../../src/core/ports/tickets/ticket-store.ts';
import { NOTHING_YET } from '../../../../src/core/tickets/filing/session.ts';
import { sqlEvents } from '../../../../src/storage/ledger/events/index.ts';
import { forgetTickets } from '../../../../src/storage/ledger/tickets/forget.ts';
import { sqlTickets } from '../../../../src/storage/ledger/tickets/index.ts';
import { eventOf } from '../../../support/events/events.ts';
import { KINDS, type LedgerBox } from '../../../support/ledger/ledgers.ts';

const WORK = { kind: 'create', mark: 'm', since: 5, isUncertain: true, until: null, total: 3 } as const;

for (const { kind, open } of KINDS)
  describe(`what is forgotten of tickets in ${kind}`, () => {
    let box: LedgerBox;
    let now: number;
    beforeEach(async () => {
      box = await open();
      now = await box.now();
    });
    afterEach(() => box.close());
    const store = () => sqlTickets(box.database, randomUUID);
    const db = async () => (await box.database.ready()).db;
    const forget = async (days = 40) => forgetTickets(await box.database.ready(), days, now);

    /** An issue with a row, and a ticket unless it has none; all of it so many days old. */
    async function put(
      name: string,
      days: number,
      ticket: Partial<KnownTicket> | null,
      state: Partial<TicketState> = {},
    ) {
      const at = { issue: `web/${name}`, project: 'CRM' };
      const ref = { id: name, key: `CRM-${name}`, url: '' };
      const taken = (await store().take(at, 1000))!;
      await store().keep(at, taken.token, { ...NOTHING_YET, ticket: ticket && ref, ...state }, 0);
      await (
        await db()
      )
        .updateTable('sentry_monitor_tickets')
        .set({ kept_at: now - days * DAY_MS })
        .where('issue', '=', at.issue)
        .execute();
      if (ticket === null) return;
      const known = {
        ...{ ...ref, summary: 'says "isDone":true', status: '', isDone: false, doneAt: null, resolution: null },
        ...{ assignee: null, labels: [], createdAt: 0, updatedAt: now - days * DAY_MS, words: '', said: '' },
        ...{ project: 'CRM', openings: [`opening ${name}`] },
        ...ticket,
      };
      await store().keepKnown({ project: 'CRM', tickets: [known], until: null });
      await store().link([{ issue: at.issue, ticketId: name, link: 'filed' }]);
    }
    const left = async () => {
      const all = await db();
      const names = async (table: 'tickets' | 'ticket_links' | 'issue_texts') =>
        (await all.selectFrom(`sentry_monitor_${table}`).select('issue').orderBy('issue').execute()).map(({ issue }) =>
          issue.replace('web/', ''),
        );
      const openings = await all.selectFrom('sentry_monitor_ticket_openings').select('ticket_id').execute();
      return { rows: await names('tickets'), links: await names('ticket_links'), openings: openings.length };
    };

    it('is what was done and not touched for long; open tickets, and what is under way, stay', async () => {
      const done = { isDone: true };
      await put('open', 400, {});
      await put('done', 41, done);
      await put('lately', 39, done);
      await put('none', 41, null);
      await put('under-way', 400, null, { work: WORK });
      await put('unknown', 400, null, { ticket: { id: 'x', key: 'CRM-9', url: '' } });
      await put('again', 41, { isDone: true, updatedAt: now });
      await put('both', 41, done);
      await store().link([{ issue: 'web/both', ticketId: 'open', link: 'label' }]);
      const held = await store().take({ issue: 'web/held', project: 'CRM' }, 60_000);
      assert.ok(held !== null);
      assert.equal(await forget(), true);
      assert.deepEqual(await left(), {
        rows: ['both', 'held', 'lately', 'open', 'under-way', 'unknown'],
        links: ['again', 'both', 'lately', 'open'],
        openings: 3,
      });
      assert.equal((await store().linked(['web/open'])).get('web/open')?.[0]?.key, 'CRM-open');
    });

    it('is nothing that was done within a month, whatever is kept of all else; nor anything while clocks differ', async () => {
      await put('lately', 30, { isDone: true });
      await put('done', 32, { isDone: true });
      assert.equal(await forgetTickets(await box.database.ready(), 1, now + 10 * 60_000), false);
      assert.equal((await left()).rows.length, 2);
      await forget(1);
      assert.deepEqual((await left()).rows, ['lately']);
    });

    it('are texts of issues without events, and many at once', async () => {
      const texts = Array.from({ length: 1_001 }, (_, n) => ({
        issue: `web/${n}`,
        label: 'sm-1',
        words: 'a',
        opening: '',
      }));
      await store().keepTexts([...texts, { ...texts[0]!, issue: 'web/a/"kept' }]);
      await sqlEvents(box.database).add({
        project: 'web',
        events: [eventOf('e', { at: now, issueId: 'a/"kept' })],
        cursor: { name: '', position: null, watermark: null },
      });
      await forget();
      assert.equal((await store().issuesWith(['sm-1'], [])).length, 1_002);
      await (
        await db()
      )
        .updateTable('sentry_monitor_issue_texts')
        .set({ kept_at: now - 41 * DAY_MS })
        .execute();
      await forget();
      assert.deepEqual(
        (await store().issuesWith(['sm-1'], [])).map(({ issue }) => issue),
        ['web/a/"kept'],
      );
    });
  });
