import assert from 'node:assert/strict';
import type { News } from '../../../src/core/model/alerting/alert.ts';
import { AT, keptIn, takeLease } from '../../support/alerting/outbox-bench.ts';
import { type AlertStage, decide, messageIn, tellingIn } from '../../support/alerting/stage.ts';

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
}
