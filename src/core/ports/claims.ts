import type { Item, Outcome } from '../model/item.ts';
import type { ClaimKey, Delivered } from '../model/receipt.ts';

/**
 * A claim that was granted. Whoever claims the same key after the lease ran out gets another token, and this one is
 * worth nothing.
 */
export interface Hold {
  readonly key: ClaimKey;
  readonly token: string;
}

/**
 * - ours: deliver it; `delivered` holds, by item key, the final outcomes of earlier tries, `items` what was kept for
 * sending
 * - done: it was delivered, `receipt` says how; `unledgered`: only this process knows of it
 * - held: somebody else has it in hand
 * - waiting: the ledger cannot be reached, and without it this must not be sent
 */
export type Claimed =
  | {
      readonly status: 'ours';
      readonly token: string;
      readonly delivered: ReadonlyMap<string, Outcome>;
      readonly items?: readonly Item[] | undefined;
    }
  | { readonly status: 'done'; readonly receipt: Delivered; readonly unledgered?: true }
  | { readonly status: 'held' }
  | { readonly status: 'waiting'; readonly why: string };

/** What a run says of a claim when it is through with it. */
export interface Settlement extends Hold {
  readonly receipt: Delivered;
  /** False: some items may be sent again by whoever claims it next. */
  readonly done: boolean;
  /** By item key, the outcomes of the items that must not be sent again. */
  readonly delivered: ReadonlyMap<string, Outcome>;
}

/** Who delivers what, so that each report reaches each sink once. */
export interface Claims {
  /**
   * Same length and order as the keys. A claim ends by `settle`; once its lease of `leaseMs` ran out, anyone may take
   * it over.
   */
  claim(keys: readonly ClaimKey[], leaseMs: number): Promise<readonly Claimed[]>;
  /** Starts the leases anew; false for those that were taken over or given back. */
  renew(holds: readonly Hold[], leaseMs: number): Promise<readonly boolean[]>;
  /**
   * Remembers what was delivered and gives the claims back. False, and nothing is changed, for those that were taken
   * over; `unledgered`: only this process knows of it.
   */
  settle(done: readonly Settlement[]): Promise<readonly (boolean | 'unledgered')[]>;
}
