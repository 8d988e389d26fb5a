/**
 * Rows of the event store. Projects are names of intakes. Texts that come from outside and are columns of their own are
 * kept as `safe-text.ts` writes them; texts of JSON need nothing. `''` stands for no environment.
 */

/** For `EVENT_DAYS` after it was stored. */
export interface EventRow {
  readonly project: string;
  readonly event: string;
  readonly issue: string;
  /** When it happened. */
  readonly at: number;
  /** When it was stored; in a project a batch comes behind all others, whatever the clock says. */
  readonly stored_at: number;
  readonly environment: string;
  readonly level: string;
  readonly person: string | null;
  /** JSON: the rest. */
  readonly content: string;
}

/** How far the order of a project's events goes. */
export interface EventOrderRow {
  readonly project: string;
  /** That of its newest batch. */
  readonly stored_at: number;
}

/**
 * Events of a window or a UTC day, by what filters choose among. A batch adds rows; those of one window are made one
 * later, and then are in its day too.
 */
export interface EventCountRow {
  readonly project: string;
  /** How long that is. */
  readonly step_ms: number;
  readonly start: number;
  readonly environment: string;
  readonly level: string;
  /** '': what was made one; else the batch's, and not in a day yet. */
  readonly part: string;
  readonly events: number;
  /** By issue: see `count-lists.ts`. */
  readonly issues: string;
}

/** What is known of an issue out of its newest event. */
export interface EventIssueRow {
  readonly project: string;
  readonly issue: string;
  readonly last_at: number;
  readonly title: string;
  readonly culprit: string | null;
  readonly level: string;
  readonly url: string | null;
  /** JSON: the event in full. */
  readonly newest: string;
}

/** An issue's first event in an environment; for ever. */
export interface EventFirstRow {
  readonly project: string;
  readonly issue: string;
  readonly environment: string;
  readonly first_at: number;
  /** JSON: the event in full; '' after its issue was forgotten. */
  readonly sample: string;
}

/** Of an issue, out of one of its events; as long as its issue. */
export interface EventTraitRow {
  readonly project: string;
  readonly issue: string;
  /** What noise the words were made without. */
  readonly noise: string;
  /** Words by which issues are like each other, with a blank around each; '': it has none. */
  readonly words: string;
  /** JSON: why its events are of it; '': the vendor says so. */
  readonly grouping: string;
}

export interface EventCursorRow {
  readonly project: string;
  readonly reader: string;
  readonly position: string | null;
  readonly watermark: number | null;
  readonly since: number | null;
  /** JSON: spans; null: none. */
  readonly missing: string | null;
  readonly moved_at: number;
}

export interface EventRejectRow {
  readonly project: string;
  readonly hour_start: number;
  readonly reject: string;
  readonly at: number;
  /** JSON. */
  readonly content: string;
}

/** How many there were, those that are not kept included. */
export interface EventRejectHourRow {
  readonly project: string;
  readonly hour_start: number;
  readonly rejects: number;
  readonly notes: number;
}

/** How long something took in a window; for as long as counts are. */
export interface EventTimingRow {
  readonly project: string;
  readonly start: number;
  readonly name: string;
  /** What it was read from: a reading of that takes the place of the one before. */
  readonly part: string;
  /** JSON. */
  readonly content: string;
}

/** An object that is to be read, or was. */
export interface EventObjectRow {
  readonly project: string;
  readonly object: string;
  readonly status: 'wanted' | 'read' | 'given up';
  readonly tries: number;
  readonly next_at: number;
  readonly token: string;
  readonly lease_until: number;
  readonly state: string | null;
  readonly why: string | null;
  readonly moved_at: number;
}

/** A post to an intake that may come once, until it is forgotten. */
export interface EventPostRow {
  readonly project: string;
  readonly post: string;
  readonly until_at: number;
}
