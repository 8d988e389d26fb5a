import assert from 'node:assert/strict';
import type { KeptWatch, WatchStore } from '../../../src/core/ports/watches/watch-store.ts';
import { createGone } from '../../../src/core/watches/gone.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { keptWatch } from '../../support/watches/plans.ts';

const MINUTE = 60_000;
const NOW = 10 * 60 * MINUTE;

function stage(kept: readonly KeptWatch[], { isHeld = false, isLost = false, isWhole = true } = {}) {
  const done: string[] = [];
  const store = {
    all: async () => kept,
    claim: async (name: string) => (isHeld ? null : { token: `t-${name}`, kept: kept.find((it) => it.name === name)! }),
    keep: async (token: string) => (done.push(`keep ${token}`), !isLost),
    forget: async (token: string) => void done.push(`forget ${token}`),
  } as unknown as WatchStore;
  const gone = createGone({ kind: 'watch', store, leaseMs: MINUTE, isWhole: () => isWhole });
  const scope = scopeOf();
  return { done, scope, look: (now = NOW, ...names: readonly string[]) => gone(new Set(names), now, scope) };
}

const OLD = keptWatch({ since: NOW - 36 * MINUTE });

describe('watches that no file sets up any more', () => {
  it('end and are forgotten half an hour after their interval', async () => {
    const { done, look, scope } = stage([OLD, keptWatch({ name: 'young', since: NOW - 35 * MINUTE })]);
    await look();
    assert.deepEqual(done, ['keep t-github', 'forget t-github']);
    assert.deepEqual(scope.log.texts(), ['watch removed']);
  });

  it('have the interval that they had last, since their last look', async () => {
    const last = { at: NOW - 89 * MINUTE, fault: null, failures: 0 };
    const slow = { name: 'slow', last, state: { everyMs: 60 * MINUTE } };
    const { done, look } = stage([keptWatch(slow)]);
    await look();
    assert.deepEqual(done, []);
    await look(NOW + 31 * MINUTE);
    assert.deepEqual(done, ['keep t-slow', 'forget t-slow']);
  });

  it('stay while a file sets them up, a file has faults, or somebody is at them', async () => {
    for (const given of [{ isWhole: false }, { isHeld: true }]) {
      const { done, look } = stage([OLD], given);
      await look();
      assert.deepEqual(done, []);
    }
    const { done, look } = stage([OLD]);
    await look(NOW, 'github');
    assert.deepEqual(done, []);
    const lost = stage([OLD], { isLost: true });
    await lost.look();
    assert.deepEqual(lost.done, ['keep t-github']);
  });

  it('are looked for twice an hour', async () => {
    const { done, look } = stage([OLD]);
    await look();
    await look(NOW + 29 * MINUTE);
    assert.equal(done.length, 2);
    await look(NOW + 30 * MINUTE);
    assert.equal(done.length, 4);
  });
});
