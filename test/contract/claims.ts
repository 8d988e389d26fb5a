import assert from 'node:assert/strict';
import type { ClaimKey, Claims, Delivered, Settlement } from '../../src/core/ports.ts';
import type { Outcome } from '../../src/core/types.ts';
import { createClock, NOW, type Clock } from '../support/clock.ts';

export interface ClaimsSubject {
  /** A ledger that remembers nothing yet. */
  create(clock: Clock): Claims | Promise<Claims>;
}

const KEY: ClaimKey = { reportId: 'crm@2026-11-20T10:00:00.000Z', revision: 0, sink: 'newrelic' };
const OTHERS: readonly ClaimKey[] = [{ ...KEY, revision: 1 }, { ...KEY, sink: 'anodot' }, { ...KEY, reportId: 'crm@2026-11-20T10:05:00.000Z' }];
const LEASE = 130_000;
const RECEIPT: Delivered = { accepted: 3, refused: [{ key: 'k9', why: 'no' }], uncertain: 1, failed: 0, refs: ['r-1'] };
const ACCEPTED: Outcome = { status: 'accepted', ref: 'r-1' };
const UNCERTAIN: Outcome = { status: 'uncertain', fault: { message: 'cut', retryable: true } };

function settlement(given: Partial<Settlement> = {}): Settlement {
  return { key: KEY, receipt: RECEIPT, done: true, delivered: new Map(), ...given };
}

/** What every ledger must do, for one process or for many. */
export function claimsContract({ create }: ClaimsSubject): void {
  describe('keeps the contract of claims', () => {
    let clock: Clock;
    let claims: Claims;
    const claim = async (key: ClaimKey = KEY): Promise<string> => (await claims.claim([key], LEASE))[0]!.status;

    beforeEach(async () => {
      clock = createClock();
      claims = await create(clock);
    });

    claiming(() => ({ clock, claims, claim }));
    settling(() => ({ clock, claims, claim }));
    listing(() => ({ clock, claims, claim }));
  });
}

type Get = () => { readonly clock: Clock; readonly claims: Claims; claim(key?: ClaimKey): Promise<string> };

function claiming(get: Get): void {
  it('a new claim is ours, with nothing delivered', async () => {
    assert.deepEqual(await get().claims.claim([KEY], LEASE), [{ status: 'ours', delivered: new Map() }]);
  });

  it('a claim is held while its lease runs, for everybody else', async () => {
    const { clock, claim } = get();
    await claim();
    assert.equal(await claim(), 'held');
    clock.advance(LEASE - 1);
    assert.equal(await claim(), 'held');
  });

  it('asking for a held claim makes its lease no longer', async () => {
    const { clock, claim } = get();
    await claim();
    clock.advance(LEASE - 1);
    await claim();
    clock.advance(1);
    assert.equal(await claim(), 'ours');
  });

  it('a claim is anyone\'s again when its lease ran out', async () => {
    const { clock, claim } = get();
    await claim();
    clock.advance(LEASE);
    assert.equal(await claim(), 'ours');
    assert.equal(await claim(), 'held');
  });

  it('claims of another report, revision or sink are apart', async () => {
    const { claim } = get();
    await claim();
    for (const other of OTHERS) assert.equal(await claim(other), 'ours');
  });

  it('answers in the order of the keys, each for itself', async () => {
    const { claims, claim } = get();
    await claim(OTHERS[1]);
    await claim(OTHERS[0]);
    await claims.settle([settlement({ key: OTHERS[0]! })]);
    assert.deepEqual((await claims.claim([KEY, OTHERS[0]!, OTHERS[1]!, OTHERS[2]!], LEASE)).map(({ status }) => status), ['ours', 'done', 'held', 'ours']);
    assert.deepEqual(await claims.claim([], LEASE), []);
  });

  it('of two who ask at once exactly one gets it', async () => {
    const { claims } = get();
    const answers = await Promise.all(Array.from({ length: 10 }, () => claims.claim([KEY], LEASE)));
    assert.deepEqual(answers.map(([answer]) => answer!.status).sort(), [...Array<string>(9).fill('held'), 'ours']);
  });

  it('renewing starts the lease anew', async () => {
    const { clock, claims, claim } = get();
    await claim();
    clock.advance(LEASE - 1);
    assert.deepEqual(await claims.renew([KEY], LEASE), [true]);
    clock.advance(LEASE - 1);
    assert.equal(await claim(), 'held');
    clock.advance(1);
    assert.equal(await claim(), 'ours');
  });

  it('what is unknown, ran out, was given back or is done cannot be renewed', async () => {
    const { clock, claims, claim } = get();
    await claim(OTHERS[0]);
    await claim(OTHERS[1]);
    await claim(OTHERS[2]);
    await claims.settle([settlement({ key: OTHERS[1]! }), settlement({ key: OTHERS[2]!, done: false })]);
    clock.advance(LEASE);
    assert.deepEqual(await claims.renew([KEY, ...OTHERS], LEASE), [false, false, false, false]);
  });
}

function settling(get: Get): void {
  it('what is done answers with its receipt, ever after', async () => {
    const { clock, claims, claim } = get();
    await claim();
    await claims.settle([settlement()]);
    for (const wait of [0, LEASE, 3_600_000]) {
      clock.advance(wait);
      assert.deepEqual(await claims.claim([KEY], LEASE), [{ status: 'done', receipt: RECEIPT }]);
    }
  });

  it('what is not done is given back at once, with the outcomes that must not be sent again', async () => {
    const { claims, claim } = get();
    const delivered = new Map([['k1', ACCEPTED], ['k2', UNCERTAIN]]);
    await claim();
    await claims.settle([settlement({ done: false, delivered, receipt: { ...RECEIPT, failed: 2 } })]);
    assert.deepEqual(await claims.claim([KEY], LEASE), [{ status: 'ours', delivered }]);
    assert.equal(await claim(), 'held');
  });

  it('a repair that fails again keeps what was delivered; one that succeeds is done', async () => {
    const { claims, claim } = get();
    const both = new Map([['k1', ACCEPTED], ['k2', ACCEPTED]]);
    await claim();
    await claims.settle([settlement({ done: false, delivered: new Map([['k1', ACCEPTED]]) })]);
    await claim();
    await claims.settle([settlement({ done: false, delivered: both })]);
    assert.deepEqual(await claims.claim([KEY], LEASE), [{ status: 'ours', delivered: both }]);
    await claims.settle([settlement()]);
    assert.equal(await claim(), 'done');
  });

  it('a claim that was given back without a try is as new', async () => {
    const { claims, claim } = get();
    await claim();
    await claims.settle([settlement({ done: false, receipt: { accepted: 0, refused: [], uncertain: 0, failed: 0, refs: [] } })]);
    assert.deepEqual(await claims.claim([KEY], LEASE), [{ status: 'ours', delivered: new Map() }]);
  });

  it('settling one claim leaves the others', async () => {
    const { claims, claim } = get();
    await claim();
    await claim(OTHERS[0]);
    await claims.settle([settlement()]);
    assert.equal(await claim(OTHERS[0]), 'held');
    await claims.settle([]);
    assert.equal(await claim(), 'done');
  });
}

function listing(get: Get): void {
  it('lists what was claimed since and is not done', async () => {
    const { clock, claims, claim } = get();
    await claim();
    clock.advance(1000);
    await claim(OTHERS[0]);
    await claim(OTHERS[1]);
    await claim(OTHERS[2]);
    await claims.settle([settlement({ key: OTHERS[1]! }), settlement({ key: OTHERS[2]!, done: false })]);
    assert.deepEqual(await claims.open(NOW), [KEY, OTHERS[0], OTHERS[2]]);
    assert.deepEqual(await claims.open(NOW + 1000), [OTHERS[0], OTHERS[2]]);
    assert.deepEqual(await claims.open(NOW + 1001), []);
  });
}
