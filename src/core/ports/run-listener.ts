import type { Outcome } from '../model/item.ts';
import type { Order } from './order.ts';
import type { Answer } from '../model/reading.ts';
import type { ClaimKey } from '../model/receipt.ts';
import type { RunResult, RunSummary } from '../model/results.ts';
import type { Scope } from './scope.ts';

/** What a run came to, in whole and in numbers. */
export interface RunOver {
  readonly result: RunResult;
  readonly summary: RunSummary;
}

/** Hears of runs. Its own trouble is logged, and never fails or delays one. */
export interface RunListener {
  /** For the log. */
  readonly name: string;
  /** Of every run; its kind says which. The run goes on meanwhile. */
  begun?(order: Order, scope: Scope): Promise<void>;
  /** The source answered, or owes an answer for good. Of all that is read, but for debug runs. */
  read?(answer: Answer): void;
  /** A sink's outcomes of one report's items, each once. Debug runs deliver nothing. */
  delivered?(key: ClaimKey, outcomes: readonly Outcome[]): void;
  /** Of every run, after its answer went out. Null: it broke, and the log says why. */
  ended?(order: Order, over: RunOver | null, scope: Scope): Promise<void>;
}

/** Who hears of what a run does on its way. */
export type ProgressListener = Required<Pick<RunListener, 'read' | 'delivered'>>;

/** For debug runs. */
export const NOBODY: ProgressListener = { read: () => undefined, delivered: () => undefined };

/** What somebody wants to know of plain runs. */
export interface PlainListener {
  readonly name: string;
  begun?(scope: Scope): Promise<void>;
  ended(summary: RunSummary, scope: Scope): Promise<void>;
}

/** Hears of plain runs only: whoever watches that the cron comes must not take another run for its. */
export function ofPlainRuns({ name, begun, ended }: PlainListener): RunListener {
  return {
    name,
    ...(begun === undefined
      ? {}
      : {
          begun: async ({ kind }, scope) => {
            if (kind === 'plain') await begun(scope);
          },
        }),
    ended: async ({ kind }, over, scope) => {
      if (kind === 'plain' && over !== null) await ended(over.summary, scope);
    },
  };
}
