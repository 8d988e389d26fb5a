import assert from 'node:assert/strict';
import { issueTickets, ticketsIn } from '../../../../src/app/alerting/runs/tickets.ts';
import { vetPageActions } from '../../../../src/app/alerting/vet/page-actions.ts';
import type { Tickets } from '../../../../src/core/ports/tickets/tickets.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { createLogBook } from '../../../support/build/scope.ts';

const said = (key: string) => ({
  key,
  url: `https://jira.example.com/${key}`,
  status: 'Open',
  assignee: null,
  isDone: false,
});

describe('tickets of what people are told', () => {
  const known = (of: Tickets['of']) => ({ tickets: { of } as Tickets, log: createLogBook() });
  const issue = alertOf({ subject: { id: '7', project: 'web' } });
  const other = alertOf({ subject: { id: '8', project: undefined } });
  const filter = alertOf({ subject: { kind: 'filter', id: 'shop', title: 'shop' } });

  it('are at most three an issue, by alert, without those that have none', async () => {
    const all = ['CRM-1', 'CRM-2', 'CRM-3', 'CRM-4'].map((key) => ({ ...said(key), id: '1', link: 'exact' }));
    const of = ticketsIn(known(async () => new Map([['web/7', all]]) as never))!;
    assert.deepEqual(
      [...(await of([issue, other, filter]))],
      [[issue.id, all.slice(0, 3).map(({ key }) => said(key))]],
    );
  });

  it('are not asked for where nothing is of an issue, or there are none at all', async () => {
    const of = ticketsIn(known(async () => assert.fail('asked')))!;
    assert.equal((await of([filter])).size, 0);
    assert.equal(ticketsIn({ log: createLogBook() }), undefined);
  });

  it('are left out while they cannot be had, which the log says', async () => {
    const away = known(async () => Promise.reject(new Error('away')));
    assert.equal((await issueTickets(away)!([{ project: 'web', id: '7' }])).size, 0);
    assert.deepEqual(away.log.texts(), ['told without tickets']);
  });
});

describe('what people do from pages', () => {
  it('needs a ledger', () => {
    const vet = (pageActions: boolean | undefined, ledger?: object) =>
      vetPageActions({ settings: pageActions === undefined ? undefined : { pageActions }, ledger } as never);
    const text = 'needs a ledger, where it is kept what people did; set LEDGER_URL, such as sqlite:./ledger.db';
    assert.deepEqual(vet(true), [{ variable: 'PAGE_ACTIONS', text }]);
    assert.deepEqual([vet(true, {}), vet(false), vet(undefined)], [[], [], []]);
  });
});
