/** Somebody who may be told something. Plain data. */
export interface Person {
  /**
   * Of a file: `[a-z0-9][a-z0-9-]{0,59}`, unique, also among channels. Of a sheet: the name in lower case with hyphens
   * between its words; two rows of one name have the same, and no channels.
   */
  readonly key: string;
  /** For people: `Ann Lee`; the key where nobody wrote one. */
  readonly name: string;
  /** Channels that reach this person alone, the one to be told by first. */
  readonly channels: readonly string[];
  /** As calendars name who takes part; null: not known. */
  readonly mail: string | null;
  readonly birthday: Birthday | null;
}

export interface Birthday {
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
}
