import assert from 'node:assert/strict';
import { KEY, LEASE, NOTHING, OTHERS, RECEIPT, settlement, type Stage } from '../support/ledger/claims-bench.ts';

/** Leases that ran out: who may still say something. */
export function losing(get: () => Stage): void {
  it('a claim whose lease ran out can still be settled as long as nobody took it over', async () => {
    const { claims, pass, ask, take } = get();
    const hold = await take();
    await pass(LEASE);
    assert.deepEqual(await claims.settle([settlement(hold)]), [true]);
    assert.equal(await ask(), 'done');
  });

  it('a claim that was taken over is no longer settled or given back by the first', async () => {
    const { claims, pass, ask, take } = get();
    const first = await take();
    await pass(LEASE);
    const second = await take();
    assert.notEqual(first.token, second.token);
    assert.deepEqual(await claims.settle([settlement(first, { done: false, receipt: NOTHING })]), [false]);
    assert.equal(await ask(), 'held');
    assert.deepEqual(await claims.settle([settlement(first, { receipt: NOTHING })]), [false]);
    assert.equal(await ask(), 'held');
    assert.deepEqual(await claims.settle([settlement(second)]), [true]);
    assert.deepEqual(await claims.settle([settlement(first, { receipt: NOTHING })]), [false]);
    assert.deepEqual(await claims.claim([KEY], LEASE), [{ status: 'done', receipt: RECEIPT }]);
  });

  it('what one settles in part, another who took it over does not', async () => {
    const { claims, pass, take } = get();
    const [lost, kept] = [await take(), await take(OTHERS[0])];
    await pass(LEASE);
    await take();
    assert.deepEqual(await claims.settle([settlement(lost), settlement(kept)]), [false, true]);
    assert.deepEqual(await claims.settle([settlement({ key: OTHERS[2]!, token: kept.token })]), [false]);
  });
}
