import assert from 'node:assert/strict';
import type { Outcome } from '../../src/core/model/item.ts';
import type { ClaimKey } from '../../src/core/model/receipt.ts';
import {
  type ClaimsSubject,
  KEY,
  LEASE,
  NOTHING,
  OTHERS,
  plain,
  RECEIPT,
  settlement,
  SLACK,
  type Stage,
  stageOf,
} from '../support/ledger/claims-bench.ts';
import { losing } from './claims-lost.ts';

const ACCEPTED: Outcome = { status: 'accepted', ref: 'r-1' };
const UNCERTAIN: Outcome = { status: 'uncertain', fault: { message: 'cut', retryable: true } };

/** What every ledger must do, for one process or for many. */
export function claimsContract({ create }: ClaimsSubject): void {
  describe('keeps the contract of claims', () => {
    let stage: Stage;

    beforeEach(async () => {
      stage = stageOf(await create());
    });

    claiming(() => stage);
    renewing(() => stage);
    settling(() => stage);
    losing(() => stage);
  });
}

function claiming(get: () => Stage): void {
  it('a new claim is ours, with nothing delivered', async () => {
    assert.deepEqual((await get().claims.claim([KEY], LEASE)).map(plain), [{ status: 'ours', delivered: new Map() }]);
  });

  it('a claim is held while its lease runs, for everybody else', async () => {
    const { pass, ask, take } = get();
    await take();
    assert.equal(await ask(), 'held');
    await pass(LEASE - SLACK);
    assert.equal(await ask(), 'held');
  });

  it('asking for a held claim makes its lease no longer', async () => {
    const { pass, ask, take } = get();
    await take();
    await pass(LEASE - SLACK);
    await ask();
    await pass(SLACK);
    assert.equal(await ask(), 'ours');
  });

  it("a claim is anyone's again when its lease ran out", async () => {
    const { pass, ask, take } = get();
    await take();
    await pass(LEASE);
    assert.equal(await ask(), 'ours');
    assert.equal(await ask(), 'held');
  });

  it('claims of another report, revision or sink are apart', async () => {
    const { ask, take } = get();
    await take();
    for (const other of OTHERS) assert.equal(await ask(other), 'ours');
  });

  it('answers in the order of the keys, each for itself', async () => {
    const { claims, take } = get();
    await take(OTHERS[1]);
    await claims.settle([settlement(await take(OTHERS[0]))]);
    assert.deepEqual(
      (await claims.claim([KEY, OTHERS[0]!, OTHERS[1]!, OTHERS[2]!], LEASE)).map(({ status }) => status),
      ['ours', 'done', 'held', 'ours'],
    );
    assert.deepEqual(await claims.claim([], LEASE), []);
  });

  it('of many who ask at once exactly one gets it', async () => {
    const { claims } = get();
    const answers = await Promise.all(Array.from({ length: 10 }, () => claims.claim([KEY], LEASE)));
    assert.deepEqual(answers.map(([answer]) => answer!.status).sort(), [...Array<string>(9).fill('held'), 'ours']);
  });

  it('of many who ask at once for much, in any order, each thing is had by exactly one', async () => {
    const { claims } = get();
    const keys = Array.from({ length: 40 }, (_, n): ClaimKey => ({
      ...KEY,
      reportId: `f${n}@2026-11-20T10:00:00.000Z`,
    }));
    const orders = Array.from({ length: 8 }, (_, n) => (n % 2 === 0 ? keys : keys.toReversed()));
    const answers = await Promise.all(orders.map((order) => claims.claim(order, LEASE)));
    const got = answers.flatMap((answer, n) =>
      answer.flatMap(({ status }, index) => (status === 'ours' ? [orders[n]![index]!.reportId] : [])),
    );
    assert.deepEqual(got.toSorted(), keys.map(({ reportId }) => reportId).toSorted());
  });
}

function renewing(get: () => Stage): void {
  it('renewing starts the lease anew', async () => {
    const { claims, pass, ask, take } = get();
    const hold = await take();
    await pass(LEASE - SLACK);
    assert.deepEqual(await claims.renew([hold], LEASE), [true]);
    await pass(LEASE - SLACK);
    assert.equal(await ask(), 'held');
    await pass(SLACK);
    assert.equal(await ask(), 'ours');
  });

  it('a lease that ran out can be renewed as long as nobody took it over', async () => {
    const { claims, pass, ask, take } = get();
    const hold = await take();
    await pass(LEASE);
    assert.deepEqual(await claims.renew([hold], LEASE), [true]);
    assert.equal(await ask(), 'held');
  });

  it('what is unknown, taken over, given back or done cannot be renewed', async () => {
    const { claims, pass, take } = get();
    const lost = await take(OTHERS[0]);
    await pass(LEASE);
    await take(OTHERS[0]);
    const [done, back] = [await take(OTHERS[1]), await take(OTHERS[2])];
    await claims.settle([settlement(done), settlement(back, { done: false })]);
    assert.deepEqual(await claims.renew([{ key: KEY, token: lost.token }, lost, done, back], LEASE), [
      false,
      false,
      false,
      false,
    ]);
    assert.deepEqual(await claims.renew([], LEASE), []);
  });
}

function settling(get: () => Stage): void {
  it('what is done answers with its receipt, ever after', async () => {
    const { claims, pass, take } = get();
    assert.deepEqual(await claims.settle([settlement(await take())]), [true]);
    for (const wait of [0, LEASE, 3_600_000]) {
      await pass(wait);
      assert.deepEqual(await claims.claim([KEY], LEASE), [{ status: 'done', receipt: RECEIPT }]);
    }
  });

  it('what is not done is given back at once, with the outcomes that must not be sent again', async () => {
    const { claims, ask, take } = get();
    const delivered = new Map([
      ['k1', ACCEPTED],
      ['k2', UNCERTAIN],
    ]);
    await claims.settle([settlement(await take(), { done: false, delivered, receipt: { ...RECEIPT, failed: 2 } })]);
    assert.deepEqual((await claims.claim([KEY], LEASE)).map(plain), [{ status: 'ours', delivered }]);
    assert.equal(await ask(), 'held');
  });

  it('a repair that fails again keeps what was delivered; one that succeeds is done', async () => {
    const { claims, ask, take } = get();
    const both = new Map([
      ['k1', ACCEPTED],
      ['k2', ACCEPTED],
    ]);
    await claims.settle([settlement(await take(), { done: false, delivered: new Map([['k1', ACCEPTED]]) })]);
    await claims.settle([settlement(await take(), { done: false, delivered: both })]);
    const [claimed] = await claims.claim([KEY], LEASE);
    assert.deepEqual(plain(claimed), { status: 'ours', delivered: both });
    await claims.settle([settlement({ key: KEY, token: claimed?.status === 'ours' ? claimed.token : '' })]);
    assert.equal(await ask(), 'done');
  });

  it('a claim that was given back without a try is as new', async () => {
    const { claims, take } = get();
    await claims.settle([settlement(await take(), { done: false, receipt: NOTHING })]);
    assert.deepEqual((await claims.claim([KEY], LEASE)).map(plain), [{ status: 'ours', delivered: new Map() }]);
  });

  it('settling one claim leaves the others', async () => {
    const { claims, ask, take } = get();
    const hold = await take();
    await take(OTHERS[0]);
    await claims.settle([settlement(hold)]);
    assert.equal(await ask(OTHERS[0]), 'held');
    assert.deepEqual(await claims.settle([]), []);
    assert.equal(await ask(), 'done');
  });

  it('settling again says the same: an answer may have been lost on the way', async () => {
    const { claims, ask, take } = get();
    const hold = await take();
    assert.deepEqual(await claims.settle([settlement(hold)]), [true]);
    assert.deepEqual(await claims.settle([settlement(hold)]), [true]);
    assert.equal(await ask(), 'done');
  });
}
