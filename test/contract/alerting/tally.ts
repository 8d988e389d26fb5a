import assert from 'node:assert/strict';
import { AT, keptIn, takeLease } from '../../support/alerting/outbox-bench.ts';
import { alertIn, type AlertStage, decide, messageIn, tellingIn } from '../../support/alerting/stage.ts';

/** What is counted for those who watch. */
export function tallyContract(get: () => AlertStage): void {
  const NONE = { firing: { critical: 0, warning: 0, info: 0 }, pending: 0, waitedMs: null, unheard: [] };

  it('alerts that last are counted by severity, of these filters', async () => {
    const { alerts, outbox } = get();
    assert.deepEqual(await outbox.tally(['crm', 'odd']), NONE);
    const all = [
      { filter: 'crm', severity: 'critical', until: null },
      { filter: 'odd', severity: 'warning', until: null },
      { filter: 'crm', severity: 'warning', until: AT },
      { filter: 'other', severity: 'info', until: null },
    ] as const;
    const kept = all.map(({ filter, severity, until }, index) => ({
      alert: { ...alertIn(filter, AT), id: `${filter}/${index}`, severity },
      rule: 'events > 100',
      since: AT,
      until,
    }));
    await decide(alerts, { alerts: kept }, ['crm', 'odd', 'other']);
    const firing = { critical: 1, warning: 1, info: 0 };
    assert.deepEqual((await outbox.tally(['crm', 'odd'])).firing, firing);
    assert.deepEqual((await outbox.tally([])).firing, NONE.firing);
  });

  it('channels that did not take their last message, or were silent for a week, reach nobody', async () => {
    const { outbox, now, pass } = get();
    const note = async (channel: string, error: string | null) => {
      const token = await takeLease(outbox, channel);
      const kept = keptIn(`${channel}-1`, await now(), { channel, error, fate: error === null ? 'sent' : 'pending' });
      await outbox.note(channel, token, kept);
      await outbox.release(channel, token);
    };
    const unheard = async () => (await outbox.tally([])).unheard;
    await note('ops', 'answered 503');
    await note('crm', null);
    await takeLease(outbox, 'new');
    assert.deepEqual(await unheard(), ['ops']);
    await note('ops', null);
    assert.deepEqual(await unheard(), []);
    await pass(7 * 24 * 3_600_000 + 60_000);
    assert.deepEqual(await unheard(), ['crm', 'ops']);
  });

  it('what waits is counted with its oldest: alerts in no message that nothing holds, and messages', async () => {
    const { alerts, outbox } = get();
    const filters = ['a', 'b', 'c', 'd'];
    const now = await get().now();
    const ago = (ms: number): number => now - ms;
    const tellings = filters.map((filter, index) =>
      tellingIn('ops', filter, AT, { decidedAt: ago(900_000 - index * 100_000) }),
    );
    await decide(alerts, { tellings }, filters);
    const waiting = async () => {
      const { pending, waitedMs } = await outbox.tally(filters);
      return [pending, waitedMs === null ? null : Math.round(waitedMs / 100_000)];
    };
    assert.deepEqual(await waiting(), [4, 9]);
    const token = await takeLease(outbox);
    const fates = ['quiet', 'pending', 'sent', 'uncertain'] as const;
    await outbox.form('ops', token, {
      messages: [
        keptIn('b', ago(500_000), { nextAt: now + 1e9 }),
        keptIn('c', ago(600_000), { fate: 'sent', nextAt: Infinity }),
        keptIn('d', ago(700_000), { fate: 'uncertain', nextAt: Infinity }),
        keptIn('own', ago(100_000), { message: messageIn('own', { type: 'message' }) }),
      ],
      tellings: tellings.map(({ key }, index) => ({
        key,
        fate: fates[index]!,
        messageId: index === 0 ? null : filters[index]!,
        reason: null,
      })),
    });
    assert.deepEqual(await waiting(), [2, 5]);
  });
}
