import assert from 'node:assert/strict';
import { NOTHING } from '../../../src/core/delivery/receipt.ts';
import type { Settlement } from '../../../src/core/ports/claims.ts';
import { MAX_BUFFERED } from '../../../src/storage/fallback/replay-buffer.ts';
import { statuses } from '../../support/build/run.ts';
import { keyOf, LEASE, sent, setUp, unledgered } from './cut-off-server.ts';

describe('what a ledger did not hear while it could not be reached', () => {
  it('is not sent again by this server, and the ledger is told when it is back', async () => {
    const stage = setUp('safe');
    stage.cut.from('began');
    await stage.go();
    const again = await stage.go();
    assert.deepEqual(
      [statuses(again), unledgered(again)],
      [[['a', { safe: 'sent before', counter: 'failed' }]], [[true, false]]],
    );
    stage.cut.heal();
    stage.clock.advance(10_000);
    const back = await stage.go();
    assert.deepEqual(
      [statuses(back), sent(stage), unledgered(back), await stage.ledger.health()],
      [[['a', { safe: 'sent before', counter: 'sent' }]], [1, 1], [[false, false]], 'ready'],
    );
    assert.ok(stage.log.texts().includes('ledger is back'));
    assert.deepEqual(statuses(await stage.other()), [['a', { safe: 'sent before', counter: 'sent before' }]]);
  });

  it('a receipt: the ledger is told when it is back, and nobody sends again', async () => {
    const stage = setUp('safe');
    stage.cut.from('settle');
    const result = await stage.go();
    assert.deepEqual(
      [statuses(result), unledgered(result)],
      [[['a', { safe: 'sent', counter: 'sent' }]], [[true, true]]],
    );
    stage.cut.heal();
    stage.clock.advance(10_000);
    assert.deepEqual(
      [statuses(await stage.go()), sent(stage)],
      [[['a', { safe: 'sent before', counter: 'sent before' }]], [1, 1]],
    );
    assert.deepEqual(statuses(await stage.other()), [['a', { safe: 'sent before', counter: 'sent before' }]]);
  });

  it('a receipt, and it is still away: this server does not send again, a counter neither', async () => {
    const stage = setUp('send');
    stage.cut.from('settle');
    assert.deepEqual(statuses(await stage.go()), [['a', { safe: 'sent', counter: 'sent' }]]);
    const again = await stage.go();
    assert.deepEqual(
      [statuses(again), unledgered(again), sent(stage)],
      [[['a', { safe: 'sent before', counter: 'sent before' }]], [[true, true]], [1, 1]],
    );
  });

  it('more than can be remembered: that is said, once and with its count', async () => {
    const stage = setUp('safe');
    stage.cut.from('settle');
    const settlements = Array.from({ length: MAX_BUFFERED + 3 }, (_, n): Settlement => ({
      key: keyOf(n),
      token: 't',
      receipt: { ...NOTHING, accepted: 1 },
      done: true,
      delivered: new Map(),
    }));
    assert.ok((await stage.ledger.claims.settle(settlements)).every((said) => said === 'unledgered'));
    const told = (): unknown =>
      stage.log.lines
        .filter(({ text }) => /forgotten/.test(text))
        .map(({ level, fields, text }) => [level, fields, text]);
    const first = [
      'error',
      { most: MAX_BUFFERED },
      'more was sent without the ledger than can be remembered for it, the oldest is forgotten',
    ];
    assert.deepEqual(told(), [first]);
    stage.cut.heal();
    stage.clock.advance(2_000);
    for (let n = 0; n < 2; n++) assert.deepEqual((await stage.ledger.claims.claim([keyOf(0)], LEASE)).length, 1);
    assert.deepEqual(told(), [
      first,
      ['error', { reports: 3 }, 'was sent without the ledger and is forgotten: it may be sent again'],
    ]);
  });
});
