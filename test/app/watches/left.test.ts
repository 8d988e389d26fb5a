import assert from 'node:assert/strict';
import { endLeft } from '../../../src/app/watches/left.ts';
import type { KeptWatch, WatchStore } from '../../../src/core/ports/watches/watch-store.ts';
import { scopeOf } from '../../support/build/scope.ts';
import { keptWatch } from '../../support/watches/plans.ts';

const HOUR = 3_600_000;

function stage(kept: KeptWatch[]) {
  const done: string[] = [];
  let hasWatches = false;
  const store = {
    all: async () => (done.push('all'), kept),
    claim: async () => ({ token: 't', kept: kept[0] }),
    keep: async () => true,
    forget: async () => void done.push(`forget ${kept.pop()!.name}`),
  } as unknown as WatchStore;
  const chore = endLeft({
    ...{
      kind: 'watch' as const,
      store,
      leaseMs: 1,
      isWhole: () => true,
      hasWatches: () => hasWatches,
      now: async () => 9 * HOUR,
    },
  });
  return { done, set: (has: boolean) => void (hasWatches = has), work: () => chore.work(scopeOf()) };
}

describe('watches that were all taken out of the files before a start', () => {
  it('end all the same, and then nobody asks for them any more', async () => {
    const { done, work } = stage([keptWatch({ since: 0 })]);
    for (let pass = 0; pass < 4; pass++) await work();
    assert.deepEqual(done, ['all', 'all', 'forget github', 'all']);
  });

  it('are left to who looks at watches where there are any', async () => {
    const { done, set, work } = stage([keptWatch({ since: 0 })]);
    set(true);
    await work();
    assert.deepEqual(done, []);
  });
});
