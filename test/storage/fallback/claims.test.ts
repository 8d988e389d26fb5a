import assert from 'node:assert/strict';
import { NOTHING } from '../../../src/core/delivery/receipt.ts';
import { claimOne, keyOf, LEASE, setUp } from './cut-off-server.ts';

describe('claims while the ledger cannot be reached', () => {
  it('stay in the hand of this process for longer than a lease while it renews them', async () => {
    const stage = setUp('safe');
    stage.cut.from('claim');
    const hold = { key: keyOf(0), token: await claimOne(stage) };
    for (let third = 0; third < 6; third++) {
      stage.clock.advance(LEASE / 3);
      assert.deepEqual(await stage.ledger.claims.renew([hold], LEASE), [true]);
    }
    assert.deepEqual(
      (await stage.ledger.claims.claim([keyOf(0)], LEASE)).map(({ status }) => status),
      ['held'],
    );
    assert.deepEqual(
      await stage.ledger.claims.renew([{ ...hold, token: `${hold.token}0` }], LEASE),
      [false],
      'of another claim',
    );
  });

  it('of what was sent in part are not sent again in whole when it is back', async () => {
    const stage = setUp('send');
    stage.cut.from('claim');
    await stage.ledger.claims.settle([
      {
        key: keyOf(0),
        token: await claimOne(stage),
        receipt: { ...NOTHING, accepted: 1, failed: 1 },
        done: false,
        delivered: new Map([['x', { status: 'accepted' }]]),
      },
    ]);
    stage.cut.heal();
    stage.clock.advance(2_000);
    const [claimed] = await stage.ledger.claims.claim([keyOf(0)], LEASE);
    assert.ok(
      claimed?.status === 'ours' && stage.cut.calls.filter((name) => name === 'claim').length === 2,
      'granted by the ledger',
    );
    assert.deepEqual([...claimed.delivered.keys()], ['x']);
  });
});
