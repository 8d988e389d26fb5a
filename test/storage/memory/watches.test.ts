import assert from 'node:assert/strict';
import { onShelf } from '../../../src/storage/ledger/watches/on-shelf.ts';
import { memoryWatches } from '../../../src/storage/memory/watches.ts';
import type { KeptWatch } from '../../../src/core/ports/watches/watch-store.ts';

const GOOD = { at: 5, value: 2, more: {}, answer: '{}' };
const NEWS = { alerts: [], tellings: [] };
const kept = (name: string, more: Partial<KeptWatch> = {}): KeptWatch => ({
  ...{ name, good: null, last: null, since: 0, past: [], state: {} },
  ...more,
});

describe('what one process reads now and then', () => {
  let now = 0;
  beforeEach(() => void (now = 0));

  it('is claimed once in each interval, and kept whole', async () => {
    const store = memoryWatches(() => now);
    assert.equal(await store.read('a'), null);
    const claimed = await store.claim('a', { slot: 0, leaseMs: 10 });
    assert.deepEqual(claimed!.kept, kept('a'));
    assert.equal(await store.claim('a', { slot: 1, leaseMs: 10, isAsked: true }), null, 'somebody is at it');
    assert.equal(await store.keep(claimed!.token, { kept: kept('a', { good: GOOD }), ...NEWS }), true);
    assert.equal(await store.keep(claimed!.token, { kept: kept('a'), ...NEWS }), false, 'it is over');
    assert.deepEqual(await store.read('a'), kept('a', { good: GOOD }));
    assert.equal(await store.claim('a', { slot: 0, leaseMs: 10 }), null, 'that interval was begun');
    assert.equal((await store.claim('a', { slot: 0, leaseMs: 10, isAsked: true })) === null, false);
    assert.equal(await store.now(), 0);
  });

  it('is claimed by another when a claim is over, and the first keeps nothing', async () => {
    const store = memoryWatches(() => now);
    const first = await store.claim('a', { slot: 0, leaseMs: 10 });
    now = 10;
    const second = await store.claim('a', { slot: 1, leaseMs: 10 });
    assert.equal(await store.keep(first!.token, { kept: kept('a', { good: GOOD }), ...NEWS }), false);
    await store.forget(first!.token);
    assert.equal((await store.all()).length, 1);
    await store.keep(second!.token, { kept: kept('a'), ...NEWS });
    await store.forget(second!.token);
    assert.deepEqual(await store.all(), []);
  });
});

describe('a shelf of what is kept', () => {
  it('has names of its own, and shows nothing of other shelves', async () => {
    const store = memoryWatches(() => 7);
    const [watches, sheets] = ['', 'sheet/'].map((shelf) => onShelf(store, shelf));
    for (const [shelf, name] of [
      [watches!, 'b'],
      [sheets!, 'b'],
      [sheets!, 'a'],
    ] as const) {
      const { token, kept: before } = (await shelf.claim(name, { slot: 0, leaseMs: 10 }))!;
      assert.equal(before.name, name);
      assert.equal(await shelf.keep(token, { kept: { ...before, good: { ...GOOD, answer: name } }, ...NEWS }), true);
    }
    assert.deepEqual(
      (await watches!.all()).map(({ name }) => name),
      ['b'],
    );
    assert.deepEqual(
      (await sheets!.all()).map(({ name }) => name),
      ['a', 'b'],
    );
    assert.equal((await sheets!.read('a'))!.good!.answer, 'a');
    assert.equal((await sheets!.read('a'))!.name, 'a');
    assert.equal(await watches!.read('a'), null);
    assert.equal(await sheets!.claim('a', { slot: 0, leaseMs: 10 }), null);
  });
});
