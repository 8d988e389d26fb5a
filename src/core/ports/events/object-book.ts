/** An object of a store of files that an intake reads, as it is known; its name sorts as it was written. */
export interface KnownObject {
  readonly name: string;
  /** What was open at its end, in the reader's own words; null: nothing. */
  readonly state: string | null;
  /** When this was noted, by the ledger's clock, epoch ms. */
  readonly movedAt: number;
}

/** One that nobody else reads for a while. */
export interface ClaimedObject {
  readonly name: string;
  readonly token: string;
  /** How often it was begun, this time included. */
  readonly tries: number;
  /** The one that was read last of those that sort before it. */
  readonly before: KnownObject | null;
}

export type ObjectEnd =
  | { readonly status: 'read'; readonly state: string | null }
  /** It is tried again after that time, ms. */
  | { readonly status: 'wanted'; readonly againMs: number; readonly why: string }
  | { readonly status: 'given up'; readonly why: string };

/** A post that names objects, by the sender's own id of it: sent again, it means nothing. */
export interface SignedPost {
  readonly id: string;
  /** So long it is known, ms. */
  readonly forMs: number;
}

export interface ObjectStatus {
  readonly name: string;
  readonly status: ObjectEnd['status'];
}

/** Which objects intakes are to read, and what became of them; for as long as events are kept. */
export interface ObjectBook {
  /**
   * Notes that they are to be read. What was read is read again: its events are known then. False: that post came
   * before, on whatever server, and nothing was noted.
   */
  want(project: string, names: readonly string[], post?: SignedPost): Promise<boolean>;
  /** Whether a post of that id came before. */
  knows(project: string, id: string): Promise<boolean>;
  /** All that are known, by name. */
  all(project: string): Promise<readonly ObjectStatus[]>;
  /** The first by name that may be begun now; null: none. */
  claim(project: string, forMs: number): Promise<ClaimedObject | null>;
  /** False: its time was over, and somebody else may have it. */
  settle(project: string, claimed: ClaimedObject, end: ObjectEnd): Promise<boolean>;
  /** The newest that was read, and the oldest that is still to be read, by name. */
  reach(project: string): Promise<{ readonly newest: KnownObject | null; readonly waiting: string | null }>;
  /** Notes that what was open at its end was told. */
  told(project: string, object: KnownObject, state: string | null): Promise<void>;
}
