import assert from 'node:assert/strict';
import type { LinkedTicket } from '../../../../src/core/model/ticketing/ticket.ts';
import { chosenIssues } from '../../../../src/server/pages/data/chosen-issues.ts';
import type { PageAlerting } from '../../../../src/server/pages/data/alerts/of-page.ts';
import { allIssues } from '../../../../src/server/pages/parts/issues.ts';
import { isChosen, ticketsOf } from '../../../../src/server/pages/tickets/choose.ts';
import { ticketAct, ticketLinks } from '../../../../src/server/pages/tickets/words.ts';
import { TICKET_CHOICES, type View } from '../../../../src/server/pages/view/view.ts';
import { issueOf } from '../../../support/build/reports.ts';
import { filterDataOf, pageDataOf, seenOf } from '../../../support/pages/page-data.ts';
import { linksIn, textIn } from '../../../support/pages/read-page.ts';

const NOW = Date.UTC(2026, 10, 20, 10, 2);
const DAY = 86_400_000;

function ticketOf(over: Partial<LinkedTicket> = {}): LinkedTicket {
  return {
    ...{ id: '1', key: 'CRM-12', url: 'https://jira.example.com/browse/CRM-12', summary: 'x', status: 'In Arbeit' },
    ...{ isDone: false, doneAt: null, resolution: null, assignee: 'Ann <b>', labels: [], createdAt: 0 },
    ...{ updatedAt: NOW - DAY, link: 'filed', ...over },
  };
}

describe('which issues are listed by their tickets', () => {
  const done = ticketOf({ isDone: true });
  const table: readonly (readonly [string, readonly LinkedTicket[], string])[] = [
    ['none', [], 'none old'],
    ['an open one', [ticketOf()], 'any open'],
    ['a done one', [done], 'any'],
    ['one touched 13 days ago', [ticketOf({ updatedAt: NOW - 13 * DAY })], 'any open'],
    ['one touched 15 days ago', [ticketOf({ updatedAt: NOW - 15 * DAY })], 'any open old'],
    ['an old one and a new one', [ticketOf({ updatedAt: 0 }), done], 'any open'],
  ];
  for (const [what, tickets, wanted] of table)
    it(`of ${what}: ${wanted}`, () =>
      assert.equal(TICKET_CHOICES.filter((choice) => isChosen(tickets, choice, NOW)).join(' '), wanted));

  it('is asked for some hundred at once', async () => {
    const asked: number[] = [];
    const issues = Array.from({ length: 1201 }, (_, n) => ({ project: 'web', id: String(n) }));
    const of = async (some: readonly unknown[]) => {
      asked.push(some.length);
      return new Map([['web/1200', [ticketOf()]]]);
    };
    assert.equal((await ticketsOf(issues, { of, teams: [] })).size, 1);
    assert.deepEqual(asked, [500, 500, 201]);
  });
});

describe('tickets on a page', () => {
  it('are links with how they stand, and texts of others are texts', () => {
    const text = ticketLinks([
      ticketOf(),
      ticketOf({ key: 'CRM-9', assignee: null, link: 'similar', url: 'javascript:x' }),
    ])!.text;
    assert.equal(textIn(text), 'CRM-12 In Arbeit , Ann <b> , CRM-9 In Arbeit , nobody , similar text');
    assert.deepEqual(linksIn(text), ['https://jira.example.com/browse/CRM-12']);
    assert.equal(ticketLinks([]), null);
    assert.match(textIn(ticketLinks(Array.from({ length: 5 }, () => ticketOf()))!.text), / and 2 more$/);
  });

  it('are made, or written into where one is open', () => {
    assert.equal(textIn(ticketAct('1:a', 'web', []).text), 'create a ticket');
    assert.equal(textIn(ticketAct('1:a', 'web', [ticketOf()]).text), 'comment on CRM-12');
    assert.deepEqual(linksIn(ticketAct('1:a', 'we b', []).text), ['/act/ticket?issue=1%3Aa&amp;project=we+b']);
  });
});

describe('the issues of the last window', () => {
  const issues = ['1', '2', '3'].map((issueId) => issueOf({ issueId, project: 'web' }));
  const data = pageDataOf({ now: NOW, filters: [filterDataOf('shop', { report: seenOf('shop', { issues }) })] });
  const tickets = {
    teams: [],
    of: async () =>
      new Map([
        ['web/1', [ticketOf()]],
        ['web/2', [ticketOf({ isDone: true })]],
      ]),
  };
  const alerting = { hidden: async () => new Map([['3', 'ann']]) } as unknown as PageAlerting;
  const ids = async (view: View): Promise<readonly unknown[]> => {
    const { filters, chosen } = await chosenIssues(data, view, { tickets, alerting });
    return [filters[0]!.report!.issues.map(({ issueId }) => issueId).join(''), chosen?.hidden];
  };

  it('are chosen by their tickets, without those that somebody hid', async () => {
    assert.deepEqual(await ids({}), ['12', 1]);
    assert.deepEqual(await ids({ hidden: 'shown' }), ['123', 0]);
    assert.deepEqual(await ids({ ticket: 'open' }), ['1', 0]);
    assert.deepEqual(await ids({ ticket: 'none', hidden: 'shown' }), ['3', 0]);
  });

  it('show their tickets, and lead who may act to one', async () => {
    const shown = await chosenIssues({ ...data, hasActions: true }, {}, { tickets, alerting });
    const text = allIssues(shown, {}).text;
    assert.match(textIn(text), /CRM-12 In Arbeit , Ann <b> comment on CRM-12/);
    assert.ok(linksIn(text).includes('/act/ticket?issue=2&amp;project=web'));
    assert.doesNotMatch(allIssues({ ...shown, hasActions: false }, {}).text, /\/act\//);
  });

  it('are all there while the ledger cannot be read', async () => {
    const away = { ...data, origin: { ...data.origin, troubles: [{ of: 'ledger' as const, text: 'away' }] } };
    assert.equal(await chosenIssues(away, { ticket: 'open' }, { tickets, alerting }), away);
  });
});
