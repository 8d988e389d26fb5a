/** Work that one of all servers does at set times. */
export interface UpkeepStore {
  /** The clock that all servers share, epoch ms. */
  now(): Promise<number>;
  /**
   * Takes work of which nobody has begun the instant `slot` (epoch ms), or that is to be tried again by now; null:
   * somebody has, or is at it.
   */
  claim(name: string, given: { readonly slot: number; readonly leaseMs: number }): Promise<ClaimedUpkeep | null>;
  /** False: it was taken over. */
  renew(token: string, leaseMs: number): Promise<boolean>;
  /** Ends a claim. `againAt`: it is tried again then, epoch ms; null: with its next instant. */
  settle(token: string, done: { readonly failures: number; readonly againAt: number | null }): Promise<void>;
}

/** Work that is this server's now. */
export interface ClaimedUpkeep {
  readonly token: string;
  /** How often in a row it has failed. */
  readonly failures: number;
}
