import type { DigestPlace, DigestReach } from '../../ports/alerting/digest-store.ts';
import type { KeptMessage } from '../../ports/alerting/outbox.ts';

/** Where the next digest begins. */
export interface Beginning {
  readonly told: DigestReach;
  readonly at: number;
  /** The last message: nobody got it, and what it says is told with what came since. Null: there is none. */
  readonly instead: KeptMessage | null;
  /** Nobody knows whether somebody got it. */
  readonly isUnsure: boolean;
}

/**
 * From where on is told what was stored: a digest that did not arrive keeps its place, and the next one says both.
 * `last`: its message; undefined: it is kept no more. Null: it is being posted now, and nobody knows yet.
 */
export function beginning({ told, at, sent }: DigestPlace, last: KeptMessage | undefined): Beginning | null {
  const before: Beginning = { told, at, instead: null, isUnsure: false };
  if (sent === null || last === undefined) return before;
  if (last.fate === 'sent') return { ...before, told: sent.told, at: sent.at };
  if (last.isPosting) return null;
  const isUnsure = last.fate === 'uncertain';
  return { ...before, instead: last.nextAt === Infinity ? null : last, isUnsure };
}
