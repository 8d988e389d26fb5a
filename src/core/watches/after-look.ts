import type { Fault } from '../model/fault.ts';
import type { JsonObject } from '../model/item.ts';
import { type KeptWatch, MOST_PAST } from '../ports/watches/watch-store.ts';
import type { Measured } from '../ports/watches/watch.ts';

/** What a look came to. */
export type LookResult = { readonly measured: Measured } | { readonly fault: Fault };

/** What is kept after a look: a failed one leaves the last good answer whole. Pure. `at`: epoch ms. */
export function afterLook(before: KeptWatch, result: LookResult, at: number): KeptWatch {
  if ('fault' in result) {
    const failures = (before.last?.failures ?? 0) + 1;
    return { ...before, last: { at, fault: result.fault.message, failures } };
  }
  const { measured } = result;
  return {
    ...before,
    good: { ...measured, at },
    last: { at, fault: null, failures: 0 },
    past: [...before.past, [at, measured.value] as const].slice(-MOST_PAST),
  };
}

export function withState(kept: KeptWatch, state: object): KeptWatch {
  return { ...kept, state: state as JsonObject };
}
