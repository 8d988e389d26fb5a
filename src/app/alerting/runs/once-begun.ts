import type { Chore } from '../../../core/telling/upkeep/chore.ts';
import { once } from '../../../platform/late.ts';
import type { Work } from '../work-due.ts';

/**
 * Nothing of it is loaded before the files say anything of the kind. What was begun is also to be ended and forgotten,
 * when they no longer do.
 */
export function onceBegun(name: string, isWanted: () => boolean, load: () => Promise<Work>): Chore {
  const work = once(load);
  let isBegun = false;
  return {
    name,
    async work(scope) {
      isBegun ||= isWanted();
      return isBegun ? (await work())(scope) : [];
    },
  };
}
