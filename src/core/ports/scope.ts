/** Log lines as pino takes them: values as fields, static text. */
export interface Log {
  debug(fields: object, text: string): void;
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
  error(fields: object, text: string): void;
  child(fields: object): Log;
}

/** What a source or sink is given for one run: its limits, its log, and where to note what it saw. */
export interface Scope {
  readonly runId: string;
  /** Aborted at the deadline and at shutdown; everything in flight ends then. */
  readonly signal: AbortSignal;
  /** Epoch ms; waits that would pass it are not begun. */
  readonly deadline: number;
  /** Carries the run id. */
  readonly log: Log;
  /** Counts requests and compares clocks; the same object for all parts of a run. */
  readonly meter: Meter;
  /**
   * Asked before each try of a request: false, and it is not made. Absent: nothing speaks against it. Never rejects.
   */
  mayTry?(): Promise<boolean>;
}

export interface Meter {
  /** A request left for the source (each try counts). */
  requested(): void;
  /** A request left for a sink (its tries count as one). */
  sent(): void;
  /**
   * The source's clock, from an answer's `Date` header: our clock minus its clock, ms. `errorMs`: half the round trip.
   */
  sawClock(skewMs: number, errorMs: number): void;
  /**
   * Whether by the source's clock it certainly is not that instant yet, epoch ms; `now`: by ours. Its `Date` has whole
   * seconds.
   */
  isBefore(at: number, now: number): boolean;
  /** Something is tried again. The log tells of all of a run together. */
  repeated(repeat: Repeat): void;
}

/** Why something is tried again, and when. */
export interface Repeat {
  readonly service: string;
  /** Of the answer; undefined: there was none. */
  readonly status?: number | undefined;
  readonly why: string;
  readonly waitMs: number;
  /** It is the request's first repeat. */
  readonly isFirst: boolean;
}
