/** The last try, beside the last good answer. */
export interface LastTry {
  /** Epoch ms. */
  readonly at: number;
  /** Null: it went well. */
  readonly fault: string | null;
  /** Failures in a row, up to this one. */
  readonly failures: number;
}
