import type { WindowFacts } from '../model/alerting/facts.ts';

/** What is decided in one transaction at most: it must not hold a ledger for long. */
export const MOST = { windows: 100, issues: 250 };

/** Windows in their order, as many to a batch as may be; one that has more issues alone is a batch of its own. */
export function batches<T extends { readonly facts: Pick<WindowFacts, 'issues'> }>(
  all: readonly T[],
  most: typeof MOST = MOST,
): readonly (readonly T[])[] {
  const found: T[][] = [];
  let issues = 0;
  for (const one of all) {
    const last = found.at(-1);
    issues += one.facts.issues.length;
    if (last !== undefined && last.length < most.windows && issues <= most.issues) {
      last.push(one);
      continue;
    }
    found.push([one]);
    issues = one.facts.issues.length;
  }
  return found;
}
