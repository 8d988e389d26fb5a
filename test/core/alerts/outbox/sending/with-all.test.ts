import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import { type Besides, withAll } from '../../../../../src/core/alerts/outbox/sending/with-all.ts';
import type { Alert } from '../../../../../src/core/model/alerting/alert.ts';
import type { KeptMessage } from '../../../../../src/core/ports/alerting/outbox.ts';
import { messageOf } from '../../../../support/alerting/messages.ts';
import { alertOf, tellingOf } from '../../../../support/alerting/tellings.ts';

const UNTICKETED = 'unticketed for 14d';
const FOUND = {
  calls: ['at total(cart.js)'],
  hits: { listed: [{ at: 1, user: null, url: null }], more: 2 },
  tickets: [{ key: 'CRM-1', url: '', status: 'Open', assignee: null, isDone: false }],
} as const;
const PARTS = ['calls', 'hits', 'tickets'] as const;

function kept(alerts: readonly Alert[], fate: KeptMessage['fate'] = 'pending'): KeptMessage {
  return { message: messageOf({ alerts }), fate } as KeptMessage;
}

function besides(given: readonly KeptMessage[], parts: Besides): Promise<readonly KeptMessage[]> {
  const conditions = [{ kind: 'unticketed', spanMs: 14 * 86_400_000 }, { kind: 'any' }] as const;
  const rules = new Map(
    conditions.map((condition) => {
      const rule = condition.kind === 'any' ? 'any' : UNTICKETED;
      return [ruleKey({ filter: 'crm-checkout', rule }), { quiet: null, where: '', condition }];
    }),
  );
  const tellings = [...given.flatMap(({ message }) => message.alerts), alertOf({ rule: 'gone' })].map((it) =>
    tellingOf(it),
  );
  return withAll(given, tellings, { rules, ...parts });
}

describe('what people are told besides alerts', () => {
  const [issue, unticketed] = [alertOf({ rule: 'any' }), alertOf({ rule: UNTICKETED, subject: { id: '7' } })];
  const filter = alertOf({ rule: 'any', subject: { kind: 'filter', id: 'crm' } });
  const over = alertOf({ state: 'resolved', rule: 'new', subject: { id: '8' } });
  const given = [kept([issue, filter, unticketed, over]), kept([filter]), kept([issue, unticketed], 'grouped')];
  const meant = { calls: [issue, unticketed], hits: [unticketed], tickets: [issue, unticketed, over] };

  for (const part of PARTS)
    it(`is asked for what needs ${part}, in messages that go out, and stands in them`, async () => {
      const asked: (readonly Alert[])[] = [];
      const ask = async (alerts: readonly Alert[]) => {
        asked.push(alerts);
        return new Map(alerts.map(({ id }) => [id, FOUND[part]]));
      };
      const [first, ...others] = await besides(given, { [part]: ask });
      assert.deepEqual(asked, [meant[part]]);
      const found = Object.fromEntries(meant[part].map(({ id }) => [id, FOUND[part]]));
      assert.deepEqual(first, { ...given[0], message: { ...given[0]!.message, [part]: found } });
      assert.deepEqual(others, given.slice(1));
    });

  it('is asked for ten alerts of a message at most, which are those that it names', async () => {
    const alerts = Array.from({ length: 11 }, (_, index) => alertOf({ subject: { id: String(index) } }));
    const asked: number[] = [];
    const tickets = async (some: readonly Alert[]) => (asked.push(some.length), new Map());
    await besides([kept(alerts)], { tickets });
    assert.deepEqual(asked, [10]);
  });

  it('is not there where nobody knows any', async () => {
    assert.deepEqual(await besides(given, {}), given);
    const none = async () => new Map<string, never>();
    assert.deepEqual(await besides(given, { calls: none, hits: none, tickets: none }), given);
  });
});
