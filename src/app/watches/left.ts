import type { GoneDeps } from '../../core/watches/gone.ts';
import type { Chore } from '../../core/telling/upkeep/chore.ts';
import { once } from '../../platform/late.ts';

export interface LeftDeps extends GoneDeps {
  /** Whether a file sets up a watch: then whoever looks at them ends what is gone. */
  hasWatches(): boolean;
  now(): Promise<number>;
}

/** Ends what lasts of watches when no file sets up any: nobody looks at them, so nobody else would. */
export function endLeft(deps: LeftDeps): Chore {
  const load = once(async () => (await import('../../core/watches/gone.ts')).createGone(deps));
  let isNone = false;
  return {
    name: 'watches that are gone',
    async work(scope) {
      if (isNone || deps.hasWatches()) return;
      isNone = (await deps.store.all()).length === 0;
      if (!isNone) await (await load())(new Set(), await deps.now(), scope);
    },
  };
}
