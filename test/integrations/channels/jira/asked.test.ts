import assert from 'node:assert/strict';
import { askedBy, orderOf } from '../../../../src/integrations/channels/jira/asked.ts';
import { messageOf } from '../../../support/alerting/messages.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';

const FILTER = alertOf({
  rule: 'surge',
  value: null,
  subject: { kind: 'filter', id: 'crm', title: 'crm', url: undefined },
});

describe('what a message asks of a tracker', () => {
  it('is a ticket of its issue', () => {
    const { issue, events, title, by } = askedBy(messageOf());
    assert.deepEqual([issue, events], [{ project: 'crm-web', id: '6507376925' }, 52]);
    assert.deepEqual([title, by], ['TypeError: x is undefined', 'the rule trending of crm-checkout']);
    const bare = askedBy(messageOf({}, { subject: { project: undefined, url: undefined }, value: 0 }));
    assert.deepEqual([bare.issue?.project, bare.url, bare.events], ['crm-checkout', null, 1]);
  });

  it('is a ticket of its filter’s rule', () => {
    const { issue, events, title } = askedBy(messageOf({ alerts: [FILTER] }));
    assert.deepEqual([issue?.project, events, title], ['(filters)', 1, 'crm: surge']);
  });

  it('is one ticket of several, with why of each', () => {
    const asked = askedBy(messageOf({ lines: ['first'], alerts: [alertOf(), FILTER] }));
    assert.deepEqual(asked.issue, { project: '(messages)', id: '3f6c2c1e-5c1b-4a53-8b0e-6a3f0a9d2b11' });
    const { why, by } = orderOf({ ...asked, issue: asked.issue, more: 3 }, 'CRM', 'jira');
    assert.deepEqual(
      why!.split('\n').map((line) => line.slice(0, 25)),
      ['first', 'TypeError: x is undefined', 'crm: 52 events where 3.2 ', 'and 3 more'],
    );
    assert.match(by, /, by jira$/);
  });

  it('is nothing where all of it is over, and a ticket of what it is about without alerts', () => {
    assert.equal(askedBy(messageOf({ alerts: [alertOf({ state: 'resolved' })] })).issue, null);
    const own = (matter?: { key: string; isOver: boolean }) =>
      askedBy(messageOf({ alerts: [], ...(matter && { matter }) })).issue;
    assert.equal(own({ key: 'intake/shop', isOver: true }), null);
    assert.deepEqual(own({ key: 'intake/shop', isOver: false }), { project: '(messages)', id: 'intake/shop' });
    assert.equal(own()?.id, '3f6c2c1e-5c1b-4a53-8b0e-6a3f0a9d2b11');
  });
});
