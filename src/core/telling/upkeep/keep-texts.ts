import type { Filter } from '../../model/filter.ts';
import type { FileTexts } from '../../ports/alerting/file-texts.ts';
import { hasRules } from '../../ports/alerting/decider.ts';
import type { Chore } from './chore.ts';

export interface KeepTextsDeps {
  readonly texts: FileTexts;
  /** `texts`: those in force, by path. They are another object when they are others. */
  inForce(): {
    readonly filters: readonly Filter[];
    readonly digests: readonly unknown[];
    readonly texts: ReadonlyMap<string, { readonly text: string; readonly since: number }>;
  };
}

/** Keeps the texts of files with rules or digests, and of those beside them, for a start at which one has a fault. */
export function keepTexts({ texts, inForce }: KeepTextsDeps): Chore {
  let kept: unknown;
  return {
    name: 'last good texts of filters files',
    async work() {
      const { texts: now, filters, digests } = inForce();
      if (now === kept || (digests.length === 0 && !filters.some(hasRules))) return;
      await texts.keep([...now].map(([path, it]) => ({ path, ...it })));
      kept = now;
    },
  };
}
