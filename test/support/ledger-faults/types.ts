/** A ledger that can be brought into trouble. */
export interface TroubledLedger {
  readonly url: string;
  /** Before the first window is delivered: for who must have an older copy. */
  prepare?(): Promise<void>;
  begin(): Promise<void>;
  end(): Promise<void>;
  /** The server must be started anew after it; `isLost`: it sees that this is not the file that it wrote to. */
  readonly needsRestart?: boolean;
  readonly isLost?: boolean;
  close(): Promise<void>;
}

/** Undefined: it cannot be made here. */
export type OpenTroubled = () => Promise<TroubledLedger | undefined>;
