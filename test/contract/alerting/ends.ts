import assert from 'node:assert/strict';
import type { News } from '../../../src/core/model/alerting/alert.ts';
import { AT, keptIn, takeLease } from '../../support/alerting/outbox-bench.ts';
import { alertIn, type AlertStage, decide, keptAlertIn, messageIn, tellingIn } from '../../support/alerting/stage.ts';

/** Which of a channel's messages told only an end. */
export function endsContract(get: () => AlertStage): void {
  it('of the messages made lately those are known that told only that something is over', async () => {
    const { alerts, outbox } = get();
    const all: readonly (readonly [string, readonly News[]])[] = [
      ['begin', ['firing']],
      ['end', ['resolved']],
      ['both', ['firing', 'resolved']],
      ['calm', ['steady', 'resolved']],
      ['dropped', ['resolved']],
    ];
    const tellings = all.flatMap(([filter, news]) => news.map((it) => tellingIn('night', filter, AT, { news: it })));
    await decide(
      alerts,
      { tellings },
      all.map(([filter]) => filter),
    );
    const token = await takeLease(outbox, 'night');
    const now = await get().now();
    const kept = (id: string, after: number, fate: 'sent' | 'grouped' = 'sent') =>
      keptIn(id, now, { channel: 'night', message: messageIn(id), fate, postedAt: now + after, nextAt: Infinity });
    await outbox.form('night', token, {
      messages: [
        ...all.map(([filter], index) => kept(filter, index + 1, filter === 'dropped' ? 'grouped' : 'sent')),
        kept('own', 9),
      ],
      tellings: tellings.map(({ key, alert }) => ({ key, fate: 'sent', messageId: alert.filter, reason: null })),
    });
    const { createdAt, endedAt } = await outbox.open('night');
    assert.deepEqual(createdAt.map((at) => at - now).toSorted(), [1, 2, 3, 4, 9]);
    assert.deepEqual(endedAt.map((at) => at - now).toSorted(), [2, 4]);
  });

  it('of what is over it is known since when the same fires again, as far as the channel was told of that', async () => {
    const { alerts, outbox } = get();
    const HOUR = 3_600_000;
    const all = ['again', 'over', 'unheard', 'older', 'other'];
    const first = (filter: string) => alertIn(filter, AT + (filter === 'older' ? 2 : 0) * HOUR);
    const second = (filter: string) =>
      alertIn(filter, AT + HOUR, filter === 'other' ? { id: `other/any/1@${AT}` } : {});
    const told = (channel: string, filter: string) => tellingIn(channel, filter, AT, { alert: second(filter) });
    const begun = all.map((filter) => told(filter === 'unheard' ? 'crm' : 'night', filter));
    const ended = all.map((filter) => {
      const alert = { ...first(filter), state: 'resolved' } as const;
      return tellingIn('night', filter, AT, { news: 'resolved', alert });
    });
    const kept = all.map((filter) => {
      const since = AT + HOUR;
      return { ...keptAlertIn(filter, since), alert: second(filter), until: filter === 'over' ? since + HOUR : null };
    });
    await decide(alerts, { tellings: [...begun, ...ended], alerts: kept }, all);
    const sent = begun.map(({ key }) => ({ key, fate: 'sent', messageId: 'm', reason: null }) as const);
    for (const channel of ['night', 'crm'])
      await outbox.form(channel, await takeLease(outbox, channel), { messages: [], tellings: sent });
    const { again } = await outbox.open('night');
    assert.deepEqual([...again], [[first('again').id, AT + HOUR]]);
  });
}
