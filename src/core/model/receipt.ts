import type { Item } from './item.ts';

/** One report and one sink: what is claimed, delivered once and remembered. */
export interface ClaimKey {
  readonly reportId: string;
  readonly revision: number;
  readonly sink: string;
}

/** Counts and references of one report's items at one sink. */
export interface Delivered {
  readonly accepted: number;
  readonly refused: readonly Refusal[];
  /** Items that may or may not have been stored. */
  readonly uncertain: number;
  /** Items that were certainly not stored. */
  readonly failed: number;
  /** The vendor's own ids of the requests. */
  readonly refs: readonly string[];
  readonly error?: string | undefined;
  /**
   * ledger: nothing was sent, because it must wait for the ledger. For the program only: it stands in no answer, and
   * no ledger keeps it.
   */
  readonly reason?: 'ledger' | undefined;
}

/** An item that a sink refused. */
export interface Refusal {
  readonly key: string;
  readonly why: string;
}

/** What became of a report's items at one sink. */
export type Receipt =
  /** sent: every item has its final answer; failed: some may be sent again, or nothing was accepted. */
  | ({ readonly status: 'sent' | 'sent before' | 'failed'; readonly unledgered?: true | undefined } & Delivered)
  | { readonly status: 'in hand elsewhere' }
  | { readonly status: 'skipped'; readonly why: 'debug'; readonly items: readonly Item[] };
