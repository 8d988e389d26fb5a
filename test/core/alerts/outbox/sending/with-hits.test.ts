import assert from 'node:assert/strict';
import { ruleKey } from '../../../../../src/core/alerts/outbox/forming/around.ts';
import { withHits } from '../../../../../src/core/alerts/outbox/sending/with-hits.ts';
import type { Alert } from '../../../../../src/core/model/alerting/alert.ts';
import type { KeptMessage, KeptTelling } from '../../../../../src/core/ports/alerting/outbox.ts';
import { messageOf } from '../../../../support/alerting/messages.ts';
import { alertOf } from '../../../../support/alerting/tellings.ts';

const HITS = { listed: [{ at: 1, user: null, url: null }], more: 2 };
const kept = (alerts: readonly Alert[], fate: KeptMessage['fate'] = 'pending'): KeptMessage =>
  ({ message: messageOf({ alerts }), fate }) as KeptMessage;
const tellingOf = (alert: Alert, rule: string): KeptTelling => ({ alert, rule }) as KeptTelling;

describe('events in messages', () => {
  const [meant, other] = [alertOf({ rule: 'unticketed for 14d' }), alertOf({ rule: 'any' })];
  const tellings = [tellingOf(meant, 'unticketed for 14d'), tellingOf(other, 'any'), tellingOf(other, 'gone')];
  const rules = new Map(
    (['unticketed', 'any'] as const).map((kind) => {
      const rule = kind === 'any' ? 'any' : 'unticketed for 14d';
      const condition = kind === 'any' ? { kind } : { kind, spanMs: 14 * 86_400_000 };
      return [ruleKey({ filter: meant.filter, rule }), { quiet: null, where: '', condition }];
    }),
  );

  it('are those of issues that are told for want of a ticket', async () => {
    const asked: string[][] = [];
    const hits = async (alerts: readonly Alert[]) => {
      asked.push(alerts.map(({ id }) => id));
      return new Map([[meant.id, HITS]]);
    };
    const given = [kept([meant, other]), kept([other]), kept([meant], 'grouped')];
    const [first, ...others] = await withHits(given, tellings, { rules, hits });
    assert.deepEqual(asked, [[meant.id]]);
    assert.deepEqual(first!.message.hits, { [meant.id]: HITS });
    assert.deepEqual(others, given.slice(1));
  });

  it('are none where nobody knows any', async () => {
    const given = [kept([meant])];
    assert.deepEqual(await withHits(given, tellings, { rules }), given);
    assert.deepEqual(await withHits(given, tellings, { rules, hits: async () => new Map() }), given);
  });
});
