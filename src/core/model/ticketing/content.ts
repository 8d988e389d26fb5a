/** One event of an issue, as a ticket lists it. */
export interface Hit {
  /** When it happened, epoch ms. */
  readonly at: number;
  readonly user: string | null;
  readonly url: string | null;
}

/** Events of an issue. */
export interface Hits {
  /** The newest first. */
  readonly listed: readonly Hit[];
  /** Those that there are besides. */
  readonly more: number;
  /** Why none is listed, for people, a sentence; absent: nobody says. */
  readonly lack?: string | undefined;
}

/** What is known of an issue and can be told in a ticket. */
export interface IssueContent {
  readonly title: string;
  readonly culprit: string | null;
  readonly level: string | null;
  /** Its page at its vendor; null: there is none. */
  readonly url: string | null;
  /** Our own page of it; null: nobody says where our pages are. */
  readonly page: string | null;
  /** The newest event's message or traceback as it was written; null: not known. */
  readonly text: string | null;
  /** Why `text` is null, for people, a sentence; absent: nobody says. */
  readonly lack?: string | undefined;
  /** The newest first. */
  readonly hits: readonly Hit[];
  /** Events that there were in all, those that are not among the hits included. */
  readonly total: number;
  /** When the newest event was stored, epoch ms: what was done later was done with it. */
  readonly storedAt: number;
}
