/** What was found of a filter in one window, for people. */
export interface Found {
  readonly filter: string;
  readonly totals: readonly FoundTotal[];
  /** Most events first. */
  readonly issues: readonly FoundIssue[];
  /** By sink. */
  readonly sinks: Readonly<Record<string, FoundSink>>;
  /** Why the counts are not whole; '' where nobody said. Empty: they are. */
  readonly gaps: readonly string[];
  /** Undefined: it was read. */
  readonly fault?: string | undefined;
}

export interface FoundTotal {
  readonly project: string;
  readonly events: number;
  /** Null: not known. */
  readonly issues: number | null;
  readonly users: number;
}

export interface FoundIssue {
  readonly id: string;
  readonly project: string;
  readonly events: number;
  readonly state: string;
  /** Null: not known. */
  readonly title: string | null;
  readonly url: string | null;
  readonly trending: boolean;
  /** Null: not known, or it does not trend. */
  readonly score: number | null;
}

/** What a sink gets of it. */
export interface FoundSink {
  readonly status: string;
  /** Records that it accepted. */
  readonly accepted: number;
  /** Records that it would get. */
  readonly shown: number;
}
