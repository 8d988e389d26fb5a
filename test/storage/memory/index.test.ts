import assert from 'node:assert/strict';
import type { ClaimKey } from '../../../src/core/model/receipt.ts';
import type { Claims, Hold } from '../../../src/core/ports/claims.ts';
import { KEEP_MS, memoryClaims } from '../../../src/storage/memory/claims.ts';
import { memoryHistory } from '../../../src/storage/memory/history.ts';
import { memoryLedger } from '../../../src/storage/memory/index.ts';
import { noLedger } from '../../../src/storage/memory/no-ledger.ts';
import { claimsContract } from '../../contract/claims.ts';
import { historyContract } from '../../contract/history.ts';
import { reportOf, WINDOW } from '../../support/build/reports.ts';
import { createClock } from '../../support/time/clock.ts';

const RECEIPT = { accepted: 1, refused: [], uncertain: 0, failed: 0, refs: [] };

function key(index: number): ClaimKey {
  return { reportId: `crm@${index}`, revision: 0, sink: 'newrelic' };
}

/** Claims that must be granted. */
async function take(claims: Claims, keys: readonly ClaimKey[], leaseMs: number): Promise<readonly Hold[]> {
  return (await claims.claim(keys, leaseMs)).map((claimed, index) => {
    assert.ok(claimed.status === 'ours');
    return { key: keys[index]!, token: claimed.token };
  });
}

async function statuses(claims: Claims, keys: readonly ClaimKey[]): Promise<readonly string[]> {
  return (await claims.claim(keys, 1000)).map(({ status }) => status);
}

describe('the memory of claims', () => {
  claimsContract({
    create: () => {
      const clock = createClock();
      return { claims: memoryClaims(clock.now), pass: clock.advance };
    },
  });

  it('holds a claim for its lease, to the millisecond', async () => {
    const clock = createClock();
    const claims = memoryClaims(clock.now);
    await take(claims, [key(1)], 1000);
    clock.advance(999);
    assert.deepEqual(await statuses(claims, [key(1)]), ['held']);
    clock.advance(1);
    assert.deepEqual(await statuses(claims, [key(1)]), ['ours']);
  });

  it('lasts 24 hours, whether done or not', async () => {
    assert.equal(KEEP_MS, 86_400_000);
    const clock = createClock();
    const claims = memoryClaims(clock.now);
    const [one, two] = await take(claims, [key(1), key(2)], 1000);
    await claims.settle([
      { ...one!, receipt: RECEIPT, done: true, delivered: new Map() },
      { ...two!, receipt: RECEIPT, done: false, delivered: new Map([['k', { status: 'accepted' }]]) },
    ]);
    clock.advance(KEEP_MS - 1);
    assert.deepEqual(await statuses(claims, [key(1)]), ['done']);
    clock.advance(1);
    const again = await claims.claim([key(1), key(2)], 1000);
    assert.deepEqual(
      again.map((claimed) => claimed.status === 'ours' && claimed.delivered.size),
      [0, 0],
    );
  });

  it('lasts 24 hours after the latest claim of the report, and forgets others behind it in time', async () => {
    const clock = createClock();
    const claims = memoryClaims(clock.now);
    const repaired = { ...key(1), sink: 'anodot' };
    const settle = async (keys: readonly ClaimKey[]): Promise<void> =>
      void (await claims.settle(
        (await take(claims, keys, 1000)).map((hold) => ({
          ...hold,
          receipt: RECEIPT,
          done: true,
          delivered: new Map(),
        })),
      ));
    await settle([key(1), key(2)]);
    clock.advance(KEEP_MS - 1);
    await settle([repaired]);
    clock.advance(1);
    assert.deepEqual(await statuses(claims, [key(1), repaired, key(2)]), ['done', 'done', 'ours']);
    clock.advance(KEEP_MS - 1);
    assert.deepEqual(await statuses(claims, [key(1), repaired]), ['ours', 'ours']);
  });

  it('lasts 24 hours after the last try', async () => {
    const clock = createClock();
    const claims = memoryClaims(clock.now);
    for (const done of [false, true]) {
      const [hold] = await take(claims, [key(1)], 1000);
      await claims.settle([{ ...hold!, receipt: RECEIPT, done, delivered: new Map() }]);
      if (!done) clock.advance(KEEP_MS - 1);
    }
    clock.advance(KEEP_MS - 1);
    assert.deepEqual(await statuses(claims, [key(1)]), ['done']);
  });

  it('never forgets what somebody holds, and forgets the others behind it', async () => {
    const clock = createClock();
    const claims = memoryClaims(clock.now);
    await take(claims, [key(1)], 2 * KEEP_MS);
    const [hold] = await take(claims, [key(2)], 1000);
    await claims.settle([{ ...hold!, receipt: RECEIPT, done: true, delivered: new Map() }]);
    clock.advance(KEEP_MS);
    assert.deepEqual(await statuses(claims, [key(1), key(2)]), ['held', 'ours']);
  });

  it('is bounded: the oldest that nobody holds goes first', async () => {
    const claims = memoryClaims(createClock().now);
    const keys = Array.from({ length: 100_001 }, (_, index) => key(index));
    const holds = await take(claims, keys, 1000);
    await claims.settle(holds.map((hold) => ({ ...hold, receipt: RECEIPT, done: true, delivered: new Map() })));
    await claims.claim([], 1000);
    assert.deepEqual(await statuses(claims, [key(1), key(100_000), key(0)]), ['done', 'done', 'ours']);
  });

  it('takes no settlement of what it does not know', async () => {
    const claims = memoryClaims(createClock().now);
    assert.deepEqual(
      await claims.settle([{ key: key(1), token: '1', receipt: RECEIPT, done: true, delivered: new Map() }]),
      [false],
    );
    assert.deepEqual(await statuses(claims, [key(1)]), ['ours']);
  });
});

describe('the memory of reports', () => {
  historyContract({ create: () => memoryHistory() });

  it('is bounded: the one that was put longest ago goes first', async () => {
    const history = memoryHistory();
    for (let index = 0; index < 2000; index++) await history.put([reportOf({ id: String(index) })]);
    await history.put([reportOf({ id: '0' }), reportOf({ id: 'new' })]);
    const found = await history.get(['0', '1', '2', 'new']);
    assert.deepEqual([...found.keys()], ['0', '2', 'new']);
  });

  it('leaves runs to the log: a run leaves nothing behind, and there is no read model to show it', async () => {
    const { history, readModel, open, close } = memoryLedger(createClock().now);
    await open();
    await history.put([reportOf({ id: 'a' })]);
    const before = await history.get(['a', 'run-1']);
    assert.equal(await history.began({ runId: 'run-1', window: WINDOW, reports: 1 }), undefined);
    assert.equal(await history.ended({ runId: 'run-1', outcome: 'ok', sourceRequests: 1, sinkRequests: 1 }), undefined);
    assert.deepEqual([...(await history.get(['a', 'run-1'])).keys()], ['a']);
    assert.deepEqual([await history.get(['a', 'run-1']), readModel], [before, undefined]);
    await close();
  });
});

describe('no ledger at all', () => {
  const { claims, history } = noLedger;

  it('grants every claim, always, and remembers nothing', async () => {
    await noLedger.open();
    for (let round = 0; round < 2; round++) {
      const [hold, other] = await take(claims, [key(1), key(2)], 1000);
      assert.deepEqual(await claims.settle([{ ...hold!, receipt: RECEIPT, done: true, delivered: new Map() }]), [true]);
      assert.deepEqual(await claims.renew([other!], 1000), [true]);
    }
    await history.began({ runId: 'run-1', window: WINDOW, reports: 1 });
    await history.put([reportOf({ id: 'a' })]);
    await history.ended({ runId: 'run-1', outcome: 'ok', sourceRequests: 1, sinkRequests: 1 });
    assert.equal((await history.get(['a'])).size, 0);
    await noLedger.close();
  });
});
