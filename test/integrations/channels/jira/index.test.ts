import assert from 'node:assert/strict';
import type { Fitted } from '../../../../src/core/model/alerting/message.ts';
import type { TicketOrder, TicketOutcome } from '../../../../src/core/model/ticketing/order.ts';
import { jira } from '../../../../src/integrations/channels/jira/index.ts';
import type { Deps } from '../../../../src/integrations/plugin.ts';
import { channelContract } from '../../../contract/channel.ts';
import { onOneLine } from '../../../support/alerting/looks.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';
import { depsOf } from '../../../support/build/deps.ts';
import { scopeOf } from '../../../support/build/scope.ts';

await jira.load();

function create(deps: Deps) {
  return jira.read({ 'channels.jira': 'CRM' }).create(deps, 'inbox').part;
}

interface Body {
  readonly project: string;
  readonly issue: { readonly project: string; readonly id: string } | null;
  readonly title: string;
  readonly lines: readonly string[];
  readonly alerts: readonly { readonly title: string; readonly why: string }[];
}

const bodyOf = (body: Fitted['body']): Body => body as unknown as Body;
const TICKET = { id: '1', key: 'CRM-1', url: 'https://jira.example.com/browse/CRM-1' };

/** With tickets that come to that, and the orders that they got. */
function withTickets(outcome: TicketOutcome) {
  const orders: TicketOrder[] = [];
  const file = async (order: TicketOrder): Promise<TicketOutcome> => {
    orders.push(order);
    return outcome;
  };
  const tickets = {
    project: 'CRM',
    teams: [],
    file,
    of: async () => new Map(),
    search: async () => [],
    touched: async () => null,
    hits: async () => ({ listed: [], more: 0 }),
    sourceHits: async () => null,
  };
  const channel = create({ ...depsOf(), tickets });
  const send = (over: Parameters<typeof messageOf>[0] = {}) => {
    const message = messageOf(over);
    return channel.send(channel.fit(message, 'rich'), message, scopeOf());
  };
  return { orders, send };
}

describe('the jira channel', () => {
  channelContract({
    create: (deps) =>
      create({
        ...deps,
        tickets: { ...deps.tickets!, file: async () => ({ status: 'exists', ticket: TICKET, say: '' }) },
      }),
    name: 'inbox',
    repeatSafe: true,
    isPerSubject: true,
    secrets: [],
    endpoint: null,
    check: (body) => assert.equal(bodyOf(body).project, 'CRM'),
    titlesIn: (body) => bodyOf(body).alerts.map(({ title }) => title),
    looks: (title) => onOneLine(title, 200),
  });

  it('asks for a ticket of the issue, with why and what is known', async () => {
    const { orders, send } = withTickets({ status: 'created', ticket: TICKET, say: 'Created CRM-1' });
    assert.deepEqual(await send(), { status: 'accepted', ref: 'CRM-1' });
    const [order] = orders;
    assert.deepEqual(
      [order!.issue, order!.project, order!.from],
      [{ project: 'crm-web', id: '6507376925' }, 'CRM', 'rule'],
    );
    assert.equal(order!.why, '52 events where 3.2 were expected (score 10.7, limit 4) (trending, in crm-checkout)');
    assert.equal(order!.by, 'the rule trending of crm-checkout, by inbox');
  });

  it('asks for one of a filter and its rule, which is the same in the next episode', async () => {
    const { orders, send } = withTickets({ status: 'exists', ticket: TICKET, say: '' });
    const ofFilter = (since: string) =>
      alertOf({ rule: 'events > 100', subject: { kind: 'filter', title: 'crm-checkout', id: 'crm-checkout' }, since });
    await send({ alerts: [ofFilter('2026-11-20T10:00:00.000Z')] });
    await send({ alerts: [ofFilter('2026-11-20T11:00:00.000Z')] });
    assert.deepEqual(orders[0]!.issue, orders[1]!.issue);
    assert.equal(orders[0]!.issue.project, '(filters)');
  });

  it('asks for one that lists the rest when a budget is used up, and for none when all of it is over', async () => {
    const { orders, send } = withTickets({ status: 'created', ticket: TICKET, say: '' });
    const alerts = ['1', '2'].map((id) => alertOf({ subject: { id, title: `issue ${id}` } }));
    await send({ alerts, collects: 'budget', lines: ['the budget of 20 a day is used up'] });
    assert.equal(orders[0]!.issue.project, '(messages)');
    assert.match(orders[0]!.why!, /^the budget[^\n]+\nissue 1: 52 events[^\n]+\nissue 2: 52 events/);
    assert.deepEqual(await send({ alerts: [alertOf({ state: 'resolved' })] }), { status: 'accepted' });
    assert.equal(orders.length, 1);
  });

  for (const [outcome, sent] of [
    [
      { status: 'being made', say: 'a' },
      { status: 'retry', why: 'a' },
    ],
    [
      { status: 'later', say: 'b', afterMs: 5 },
      { status: 'retry', why: 'b', afterMs: 5 },
    ],
    [
      { status: 'uncertain', say: 'c' },
      { status: 'uncertain', why: 'c' },
    ],
    [
      { status: 'refused', say: 'd', fields: { x: 'y' } },
      { status: 'refused', why: 'd' },
    ],
  ] as const)
    it(`${outcome.status}: ${sent.status}`, async () => assert.deepEqual(await withTickets(outcome).send(), sent));

  it('says what is missing where no tickets are set up', async () => {
    const channel = create(depsOf());
    const outcome = await channel.send(channel.fit(messageOf(), 'rich'), messageOf(), scopeOf());
    assert.deepEqual(outcome, {
      status: 'refused',
      why: 'inbox: there is no tickets: jira, which says where tickets are made',
    });
  });
});
