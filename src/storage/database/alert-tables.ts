/**
 * Rows of what rules remember. Texts that come from outside and are columns of their own are kept as `safe-text.ts`
 * writes them; texts of JSON need nothing.
 */

/** The issues of a window of a filter with rules, for two days; then they are part of their day. */
export interface IssueWindowRow {
  readonly filter: string;
  readonly window_start: number;
  /** Of the reading that they are of. */
  readonly revision: number;
  /** JSON, packed: see `window-text.ts`. */
  readonly issues: string;
  /** JSON: users over longer spans; null: none were counted. */
  readonly spans: string | null;
}

/** Sums of a UTC day over the windows that are part of it. */
export interface IssueDayRow {
  readonly filter: string;
  readonly day_start: number;
  /** Which windows: a bit each, as 72 hexadecimal digits. */
  readonly windows: string;
  /** JSON: by issue id, its events, and the users of its biggest window. */
  readonly sums: string;
}

/** What is known of an issue in a filter. Key and first event are kept for ever. */
export interface IssueRow {
  readonly filter: string;
  readonly issue: string;
  readonly first_seen: number | null;
  /** Start of a window of the newest day that it was in, at most one day old. */
  readonly seen_at: number;
  /** Null: not known, or it was forgotten. */
  readonly project: string | null;
  readonly title: string | null;
  readonly culprit: string | null;
  readonly level: string | null;
  readonly url: string | null;
  /** As it was seen last; null: not known. */
  readonly status: string | null;
  /** Start of the last window in which it was back; null: of none that is known. */
  readonly back_at: number | null;
}

/** A filter with rules; who has its lock decides it. */
export interface RuleHeadRow {
  readonly filter: string;
  readonly newest: number | null;
  /** Null: nothing was written yet, there was only a lock. */
  readonly print: string | null;
  readonly loaded_at: number | null;
  /** Of the lock that was had last. */
  readonly number: number;
  /** Number of a decision that took effect, and of which parts are to be kept yet; null: there is none. */
  readonly writing: number | null;
}

/** What a large decision tells and remembers, in parts; each is gone when it is kept where it belongs. */
export interface DecisionRow {
  readonly filter: string;
  readonly number: number;
  readonly part: number;
  /** JSON: alerts, tellings and who was told. */
  readonly content: string;
}

export interface RuleStateRow {
  readonly filter: string;
  readonly window_start: number;
  /** JSON. */
  readonly state: string;
}

export interface AlertRow {
  readonly alert_id: string;
  readonly filter: string;
  readonly rule: string;
  readonly since: number;
  /** Null: it lasts. */
  readonly until_window: number | null;
  /** JSON. */
  readonly alert: string;
}

export interface ToldRow {
  readonly filter: string;
  readonly rule: string;
  readonly subject: string;
  readonly channel: string;
  readonly told_at: number;
}

export interface TellingRow {
  readonly telling: string;
  readonly channel: string;
  readonly alert_id: string;
  readonly filter: string;
  readonly rule: string;
  readonly news: string;
  readonly window_start: number;
  readonly decided_at: number;
  readonly summary: string | null;
  /** When it was kept, and its place among those that were kept with it: the order of deciding. */
  readonly recorded_at: number;
  readonly place: number;
  /** JSON. */
  readonly alert: string;
  readonly fate: string;
  readonly message_id: string | null;
  readonly reason: string | null;
}

export interface MessageRow {
  readonly message_id: string;
  readonly channel: string;
  readonly created_at: number;
  readonly fate: string;
  /** Null: never again. */
  readonly next_at: number | null;
  /** The last time; null: it was not yet. */
  readonly posted_at: number | null;
  readonly ref: string | null;
  /** JSON. */
  readonly message: string;
  /** JSON: tries, and what else is known of its posts. */
  readonly posts: string;
}

export interface ChannelRow {
  readonly channel: string;
  /** Of the latest lease. */
  readonly token: string;
  /** 0 when nobody has it. */
  readonly lease_until: number;
  readonly last_success: number | null;
  readonly last_error: string | null;
}

/** The last good text of a filters file. */
export interface FileTextRow {
  readonly path: string;
  readonly content: string;
  /** By the clock of the server that read it. */
  readonly since: number;
}

export interface MuteRow {
  readonly mute_id: string;
  /** JSON. */
  readonly mute: string;
}

/** A release that somebody marked. */
export interface DeployRow {
  readonly deploy_id: string;
  /** Its end. */
  readonly until_at: number;
  /** JSON. */
  readonly deploy: string;
}

/** A digest for a channel; see `KnownDigest`. */
export interface DigestRow {
  readonly digest: string;
  readonly channel: string;
  readonly schedule: string;
  /** By the database's clock. */
  readonly loaded_at: number;
  readonly told_to: number;
  readonly up_since: number;
  readonly looked_at: number;
  /** 0 when nobody makes it. */
  readonly lease_until: number;
  /** JSON: how far what was stored was told; null: it is a digest of windows, or not known yet. */
  readonly place: string | null;
}

/** A reminder; see `KnownReminder`. */
export interface ReminderRow {
  readonly reminder: string;
  /** By the database's clock. */
  readonly loaded_at: number;
  readonly told_to: number;
}

/** What a person did; see `Action`. */
export interface ActionRow {
  readonly action_id: string;
  readonly at: number;
  readonly kind: string;
  readonly target: string;
  /** JSON. */
  readonly action: string;
}
/** What one of all servers sees to at set times; or, as `restore`, from which copy the tables come. */
export interface UpkeepRow {
  readonly name: string;
  /** The instant of its schedule that was begun last, epoch ms. */
  readonly slot: number;
  readonly token: string;
  /** 0 when nobody is at it. */
  readonly lease_until: number;
  /** When it is tried again, whatever was begun; null: with the next instant of its schedule. */
  readonly again_at: number | null;
  /** JSON. */
  readonly state: string;
}

/** Work beside windows, as a server did it last. */
export interface JobRow {
  readonly kind: string;
  readonly name: string;
  readonly server: string;
  /** When it went well last; null: not yet. */
  readonly good_at: number | null;
  readonly good: string | null;
  /** When it failed last; null: it has not. */
  readonly failed_at: number | null;
  readonly failed: string | null;
}

/** A watch: its last good answer, the last try, and what its rules have come to. */
export interface WatchRow {
  readonly watch: string;
  /** Begin of the interval that somebody began last, or the instant at which somebody asked. */
  readonly slot: number;
  readonly token: string;
  /** 0: nobody is at it. */
  readonly lease_until: number;
  /** Since when it is known. */
  readonly since: number;
  /** JSON: the last good answer's instant and values; null: there was none. */
  readonly good: string | null;
  /** The last good answer whole, as `safe-text.ts` writes it; null: there is nothing but values. */
  readonly answer: string | null;
  /** JSON: the last try. */
  readonly last: string | null;
  /** JSON: values with their instants, the oldest first. */
  readonly past: string;
  /** JSON. */
  readonly state: string;
}
