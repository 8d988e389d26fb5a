import assert from 'node:assert/strict';
import { muteWords, orderOf } from '../../../../src/core/telling/pressed/words.ts';
import { alertOf } from '../../../support/alerting/tellings.ts';

const FILTER = alertOf({ rule: 'surge', subject: { kind: 'filter', id: 'crm-checkout', title: 'crm-checkout' } });
const BARE = alertOf({ subject: { id: '7', title: 'x', project: undefined, url: undefined }, page: null });

describe('words of who presses', () => {
  it('mute the issue of an alert, else its rule', () => {
    assert.deepEqual(muteWords(alertOf(), '1d', 'crm'), {
      issue: '6507376925',
      for: '1d',
      why: 'pressed in crm: TypeError: x is undefined',
    });
    assert.deepEqual(muteWords(FILTER, 'resolved', 'crm'), {
      rule: 'crm-checkout/surge',
      resolved: true,
      why: 'pressed in crm: crm-checkout',
    });
  });

  it('order a ticket for a team, or a comment on one that there is', () => {
    const order = orderOf({ kind: 'ticket', team: 'crm' }, alertOf(), 'ann');
    assert.deepEqual(
      [order?.issue, order?.team, order?.ticket, order?.from],
      [{ project: 'crm-web', id: '6507376925' }, 'crm', null, 'slack'],
    );
    const added = orderOf({ kind: 'add', ticket: 'CRM-7' }, BARE, 'ann');
    assert.deepEqual(
      [added?.issue, added?.team, added?.ticket, added?.about],
      [{ project: '', id: '7' }, null, 'CRM-7', { title: 'x', url: null, page: null }],
    );
  });

  it('order nothing for what is no issue, and nothing by muting', () => {
    assert.equal(orderOf({ kind: 'ticket', team: null }, FILTER, 'ann'), null);
    assert.equal(orderOf({ kind: 'mute', end: '1h' }, alertOf(), 'ann'), null);
  });
});
