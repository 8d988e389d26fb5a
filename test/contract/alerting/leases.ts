import assert from 'node:assert/strict';
import { AT, keptIn, LEASE, sendFirst, takeLease } from '../../support/alerting/outbox-bench.ts';
import { type AlertStage, tellingIn } from '../../support/alerting/stage.ts';

/** Who has a channel, and what those may do who lost it. */
export function leasesContract(get: () => AlertStage): void {
  it('a channel is had by one until its lease is over or given back', async () => {
    const { outbox } = get();
    const other = get().another().outbox;
    const token = await takeLease(outbox);
    assert.equal(await other.lease('ops', LEASE), null);
    assert.ok((await other.lease('boss', LEASE)) !== null, 'another channel is free');
    assert.equal(await outbox.renew('ops', token, LEASE), true);
    await outbox.release('ops', token);
    const next = await takeLease(other);
    assert.notEqual(next, token);
    assert.equal(await outbox.renew('ops', token, LEASE), false);
    await outbox.release('ops', token);
    assert.equal(await outbox.lease('ops', LEASE), null, 'who lost it gives back nothing');
  });

  it('who lost the lease forms and notes nothing; who still has it does, also late', async () => {
    const { outbox } = get();
    const { token, message } = await sendFirst(get());
    await get().pass(LEASE);
    assert.equal(await outbox.note('ops', token, message), true, 'nobody took it over');
    const other = await takeLease(get().another().outbox);
    const { key } = tellingIn('ops', 'shop', AT);
    const tellings = [{ key, fate: 'quiet' as const, messageId: null, reason: 'x' }];
    assert.equal(await outbox.form('ops', token, { messages: [keptIn('m2', AT)], tellings }), false);
    assert.equal(await outbox.note('ops', token, { ...message, fate: 'refused' }), false);
    const { tellings: open, messages } = await outbox.open('ops');
    assert.deepEqual([open.map(({ fate }) => fate), messages], [['pending'], []]);
    assert.deepEqual(
      (await outbox.messages({ from: 0, to: 1e15 })).map(({ fate }) => fate),
      ['sent'],
    );
    assert.equal(await get().another().outbox.note('ops', other, message), true);
  });
}
