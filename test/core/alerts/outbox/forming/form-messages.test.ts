import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import { formMessages } from '../../../../../src/core/alerts/outbox/forming/form-messages.ts';
import type { KeptTelling } from '../../../../../src/core/ports/alerting/outbox.ts';
import { aroundOf } from '../../../../support/alerting/forming.ts';
import { policyOf } from '../../../../support/alerting/relay.ts';
import {
  alertOf,
  type AlertInput,
  HOUR,
  MINUTE,
  openOf,
  TEN,
  tellingOf,
} from '../../../../support/alerting/tellings.ts';

function waiting(input: AlertInput, over: Partial<KeptTelling> = {}): KeptTelling {
  return tellingOf(alertOf(input), over);
}

/** Of each message: what it collects, and its alerts as `filter/rule/subject state`. */
function said({ messages }: ReturnType<typeof formMessages>): readonly (readonly [string | null, ...string[]])[] {
  return messages.map(({ message: { collects, alerts } }) => [
    collects,
    ...alerts.map(
      ({ filter, rule, subject, state, late }) => `${filter}/${rule}/${subject.id} ${state}${late ? ' late' : ''}`,
    ),
  ]);
}

const issue = (id: string, over: AlertInput = {}): KeptTelling => waiting({ subject: { id }, ...over });

describe('forming messages', () => {
  it('alerts of one filter and window are one message; another window, or another filter, is another', () => {
    const tellings = [
      issue('1'),
      issue('2', { rule: 'new', state: 'told' }),
      issue('3', { filter: 'crm-api' }),
      issue('4', { at: TEN + 5 * MINUTE }),
    ];
    assert.deepEqual(said(formMessages(openOf(tellings), policyOf(), [], aroundOf())), [
      [null, 'crm-checkout/trending/1 firing', 'crm-checkout/new/2 told'],
      [null, 'crm-api/trending/3 firing'],
      [null, 'crm-checkout/trending/4 firing'],
    ]);
  });

  it('two rules that match one issue are one message that names both', () => {
    const tellings = [issue('1', { rule: 'new', state: 'told' }), issue('1')];
    assert.deepEqual(said(formMessages(openOf(tellings), policyOf(), [], aroundOf())), [
      [null, 'crm-checkout/new/1 told', 'crm-checkout/trending/1 firing'],
    ]);
  });

  it('each subject has a message of its own where the channel wants that', () => {
    const channel = { isPerSubject: true };
    const tellings = [issue('1'), issue('2'), issue('1', { rule: 'new', state: 'told' })];
    assert.equal(formMessages(openOf(tellings), policyOf(), [], aroundOf({ channel })).messages.length, 3);
  });

  it('three filters are three messages, four are one', () => {
    const of = (...filters: readonly string[]) =>
      formMessages(openOf(filters.map((filter) => issue('1', { filter }))), policyOf(), [], aroundOf());
    assert.deepEqual(
      said(of('a', 'b', 'c')).map(([collects]) => collects),
      [null, null, null],
    );
    assert.deepEqual(said(of('a', 'b', 'c', 'd')), [['many', ...[...'abcd'].map((it) => `${it}/trending/1 firing`)]]);
  });

  it('what comes late is one message a filter, whatever its windows', () => {
    const late = [0, 5, 10].map((minutes) =>
      issue('1', { rule: 'any', state: 'told', late: true, at: TEN + minutes * MINUTE }),
    );
    const tellings = [...late, issue('2', { filter: 'crm-api', late: true }), issue('3', { at: TEN + 20 * MINUTE })];
    assert.deepEqual(
      said(formMessages(openOf(tellings), policyOf(), [], aroundOf())).map(([collects, ...all]) => [
        collects,
        all.length,
      ]),
      [
        ['late', 3],
        ['late', 1],
        [null, 1],
      ],
    );
  });

  it('a begin and its end that both wait are one late alert; an end of which the begin is known is told as it is', () => {
    const since = '2026-11-20T10:00:00.000Z';
    const end = (id: string) => issue(id, { state: 'resolved', since, at: TEN + 15 * MINUTE });
    const open = openOf([issue('1'), end('1'), end('2')], { told: new Set([`crm-checkout/trending/2@${since}`]) });
    const formed = formMessages(open, policyOf(), [], aroundOf({ now: TEN + 22 * MINUTE }));
    assert.deepEqual(said(formed), [
      ['late', 'crm-checkout/trending/1 resolved late'],
      [null, 'crm-checkout/trending/2 resolved'],
    ]);
    assert.deepEqual(
      new Set(formed.tellings.map(({ key, messageId }) => `${key.split('|')[1]} ${messageId}`)),
      new Set(['firing m1', 'resolved m1', 'resolved m2']),
    );
  });

  it('a pager hears nothing of what was over before it rang', () => {
    const open = openOf([
      issue('1'),
      issue('1', { state: 'resolved', since: '2026-11-20T10:00:00.000Z', at: TEN + 15 * MINUTE }),
    ]);
    const formed = formMessages(open, policyOf(), [], aroundOf({ channel: { isPerSubject: true } }));
    assert.deepEqual(formed.messages, []);
    assert.deepEqual(
      [...new Set(formed.tellings.map(({ fate, reason }) => `${fate}: ${reason}`))],
      ['dropped: it was over before this channel could be told of it'],
    );
  });

  it('below the least severity of the channel nothing is told, and it is said why', () => {
    const tellings = [issue('1', { severity: 'info' }), issue('2')];
    const formed = formMessages(openOf(tellings), policyOf({ severity: 'warning' }), [], aroundOf());
    assert.deepEqual(said(formed), [[null, 'crm-checkout/trending/2 firing']]);
    assert.deepEqual(
      formed.tellings.find(({ fate }) => fate === 'dropped')?.reason,
      'info is below warning, the least for this channel',
    );
  });

  it('a summary is one message, with its words', () => {
    const tellings = Array.from({ length: 12 }, (_, index) =>
      waiting({ subject: { id: String(index) } }, { summary: 'first look: 12 issues' }),
    );
    const { messages } = formMessages(openOf(tellings), policyOf(), [], aroundOf());
    assert.deepEqual(
      messages.map(({ message }) => [message.alerts.length, message.lines]),
      [[12, ['first look: 12 issues']]],
    );
  });

  it('says who formed it, and where its rules are written', () => {
    const rules = new Map([
      [ruleKey({ filter: 'crm-checkout', rule: 'trending' }), { quiet: null, where: 'config/filters/crm.yaml:12' }],
    ]);
    const [kept] = formMessages(openOf([issue('1')]), policyOf(), [], aroundOf({ rules })).messages;
    assert.deepEqual(
      [kept!.message.server, kept!.message.places],
      ['host-1', { 'crm-checkout/trending/1@2026-11-20T10:00:00.000Z': 'config/filters/crm.yaml:12' }],
    );
  });

  it('news of what was told goes into its thread, unless something begins', () => {
    const threads = new Map([['crm-checkout/trending/1@2026-11-20T10:00:00.000Z', 'ts-1']]);
    const told = new Set(threads.keys());
    const repeat = issue('1', { since: '2026-11-20T10:00:00.000Z', at: TEN + 5 * MINUTE });
    const threadOf = (...tellings: readonly KeptTelling[]) =>
      formMessages(openOf(tellings, { threads, told }), policyOf(), [], aroundOf()).messages[0]!.message.thread;
    assert.equal(threadOf({ ...repeat, news: 'repeat' }), 'ts-1');
    assert.equal(threadOf(repeat), null);
    assert.equal(threadOf({ ...repeat, news: 'repeat' }, issue('2', { at: TEN + 5 * MINUTE })), null);
  });

  it('says nothing when nothing changes', () => {
    const tellings = [issue('1', { severity: 'info' })];
    const quiet = { from: 9 * 60, to: 11 * 60, zone: 'UTC' };
    const [change] = formMessages(openOf(tellings), policyOf({ quiet }), [], aroundOf()).tellings;
    const again = openOf([{ ...tellings[0]!, ...change }]);
    assert.deepEqual(formMessages(again, policyOf({ quiet }), [], aroundOf()), { messages: [], tellings: [] });
  });

  it('1,200 alerts and a budget of 20 an hour: 19 messages and one with all the others, the worst first', () => {
    const tellings = Array.from({ length: 1200 }, (_, index) =>
      issue(String(index), { at: TEN + index * 5 * MINUTE, severity: index % 100 === 99 ? 'critical' : 'warning' }),
    );
    const policy = policyOf({ budget: { count: 20, perMs: HOUR } });
    const { messages, tellings: changed } = formMessages(openOf(tellings), policy, [], aroundOf());
    assert.equal(messages.length, 20);
    assert.deepEqual(
      messages.slice(0, 12).map(({ message }) => message.alerts.map(({ subject }) => subject.id)),
      Array.from({ length: 12 }, (_, index) => [String(index * 100 + 99)]),
    );
    assert.deepEqual([messages[19]!.message.collects, messages[19]!.message.alerts.length], ['budget', 1181]);
    const places = new Set(changed.map(({ key, messageId }) => `${key} ${messageId}`));
    assert.equal(places.size, 1200);
    let named = 0;
    for (const { message } of messages) named += message.alerts.length;
    assert.equal(named, 1200);
  });

  it('when the budget is used up, what is new waits, and is one message when there is room', () => {
    const policy = policyOf({ budget: { count: 2, perMs: HOUR } });
    const createdAt = [TEN - 30 * MINUTE, TEN - 20 * MINUTE];
    const tellings = [issue('1'), issue('2', { filter: 'crm-api' })];
    const full = formMessages(openOf(tellings, { createdAt }), policy, [], aroundOf());
    assert.deepEqual(full.messages, []);
    assert.deepEqual(
      full.tellings.map(({ fate }) => fate),
      ['grouped', 'grouped'],
    );
    assert.match(full.tellings[0]!.reason!, /the budget of 2 messages in 60 minutes is used up/);
    const held = tellings.map((telling, index) => ({ ...telling, ...full.tellings[index] }));
    const later = formMessages(openOf(held, { createdAt }), policy, [], aroundOf({ now: TEN + 35 * MINUTE }));
    assert.deepEqual(said(later), [['budget', 'crm-checkout/trending/1 firing', 'crm-api/trending/2 firing']]);
  });

  it('a message is not larger than the channel takes: it becomes several, within the budget', () => {
    const size = Buffer.byteLength(JSON.stringify(alertOf({ subject: { id: '100' } }))) + 1;
    const tellings = Array.from({ length: 100 }, (_, index) => issue(String(100 + index)));
    const channel = { isPerSubject: false, maxBytes: 30 * size };
    const sizes = (budget: number | null) =>
      formMessages(
        openOf(tellings),
        policyOf({ budget: budget === null ? null : { count: budget, perMs: HOUR } }),
        [],
        aroundOf({ channel }),
      );
    assert.deepEqual(
      sizes(null).messages.map(({ message }) => message.alerts.length),
      [30, 30, 30, 10],
    );
    const three = sizes(3);
    assert.deepEqual(
      three.messages.map(({ message }) => message.alerts.length),
      [30, 30, 30],
    );
    assert.equal(three.tellings.filter(({ fate }) => fate === 'grouped').length, 10);
  });
});
