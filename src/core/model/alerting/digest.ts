import type { TicketSaid } from '../ticketing/ticket.ts';
import type { Severity } from './rule.ts';

/**
 * A report over a schedule's own stretch of time, as it was when its message was stored. Plain data; instants are ISO.
 * Its JSON is a contract (the webhook's body).
 */
export interface Digest {
  readonly name: string;
  /** Its windows, half-open: from the slot before to this one. */
  readonly slot: DigestSpan;
  /** IANA name of the zone that people read it in. */
  readonly zone: string;
  /** It goes over an hour later than its time: nobody was there, or the channel was left alone. */
  readonly late: boolean;
  /** In the order of the file. */
  readonly filters: readonly DigestFilter[];
  /** Null: none is wanted. */
  readonly chart: DigestChart | null;
  /**
   * It is of what was stored since the last one that arrived, whenever that happened: no windows are counted in it, and
   * its slot begins when the one before arrived. Absent: it is of the windows of its slot.
   */
  readonly since?: 'delivered' | undefined;
  /** What of it was not read yet, a plain sentence each; absent: all was. */
  readonly lacks?: readonly string[] | undefined;
}

/** Half-open, both ends on the five-minute grid. */
export interface DigestSpan {
  readonly start: string;
  readonly end: string;
}

/** One filter over the slot. */
export interface DigestFilter {
  readonly filter: string;
  readonly team: string | null;
  /** Address of its page; null: there is none. */
  readonly page: string | null;
  /** Sum of its windows; where some lack something or were not counted, at least so many. */
  readonly events: number;
  /** Distinct ones with events; null: not known, because nothing of them was kept. */
  readonly issues: number | null;
  /** Not all events are of issues that are known: there may be more. */
  readonly issuesAtLeast: boolean;
  /** Issues are counted from here on: days that are long over are kept as UTC days. Null: over the slot itself. */
  readonly issuesSince: string | null;
  /** The stretch of the same length that the slot follows. */
  readonly before: DigestBefore;
  readonly windows: DigestWindows;
  /** Most events first, at most ten. */
  readonly biggest: readonly DigestIssue[];
  readonly new: DigestIssues;
  readonly regressed: DigestIssues;
  readonly archived: DigestIssues;
  /** Those that told something, in the order of the first. */
  readonly rules: readonly DigestRule[];
  /** Alerts of which something was held back, or did not arrive, by why; those with none are absent. */
  readonly held: Readonly<Partial<Record<DigestHold, number>>>;
}

/** Why something of an alert was held back, or did not arrive. */
export const DIGEST_HOLDS = ['muted', 'quiet', 'grouped', 'dropped', 'refused', 'given up', 'uncertain'] as const;
export type DigestHold = (typeof DIGEST_HOLDS)[number];

/** The stretch before a slot, to compare it with. */
export interface DigestBefore extends DigestSpan {
  /** Null: no window of it was counted. */
  readonly events: number | null;
  /** Null: nothing of it is known. */
  readonly issues: number | null;
  /** All of its windows were counted, and without a gap. */
  readonly complete: boolean;
}

/** Windows of a slot: all = counted + notCounted. */
export interface DigestWindows {
  readonly all: number;
  readonly counted: number;
  /** Of those counted: with events, with a gap, and those in which all of the source was silent. */
  readonly withEvents: number;
  readonly incomplete: number;
  readonly silent: number;
  readonly notCounted: number;
  /** What was not counted, and what was counted with a gap: neighbours are one, the oldest first. */
  readonly gaps: readonly (DigestSpan & { readonly what: 'not counted' | 'incomplete' | 'silent' })[];
}

/** - surging: in some window; archived, resolved: as it was seen last */
export type DigestIssueState = 'new' | 'regressed' | 'archived' | 'resolved' | 'surging' | 'ongoing';

export interface DigestIssue {
  readonly id: string;
  readonly project: string | null;
  /** Null: its details are not known. */
  readonly title: string | null;
  readonly level: string | null;
  readonly url: string | null;
  readonly events: number;
  /** Of its biggest window: users cannot be added up. */
  readonly users: number;
  readonly state: DigestIssueState;
  /** As they were known then; absent: none were. */
  readonly tickets?: readonly TicketSaid[] | undefined;
  /** Its first and its last event of those that the digest is of; absent: it is of windows. */
  readonly records?: { readonly first: DigestRecord; readonly last: DigestRecord } | undefined;
}

/** An event as it is named. */
export interface DigestRecord {
  /** When it happened, ISO. */
  readonly at: string;
  readonly title: string;
}

/** Most events first, at most ten of them. */
export interface DigestIssues {
  readonly count: number;
  readonly first: readonly DigestIssue[];
}

/** What a rule told of the slot's windows, each alert once whatever channels it had. */
export interface DigestRule {
  /** The sentence as it is written, without options. */
  readonly rule: string;
  readonly severity: Severity;
  /** Alerts that began, that ended, and those that are told once. */
  readonly began: number;
  readonly ended: number;
  readonly told: number;
}

/** Stretches that a chart may show. */
export const DIGEST_CHARTS = ['12h', '24h', '7d'] as const;
export type DigestChartSpan = (typeof DIGEST_CHARTS)[number];

/** Events of all filters of the digest together, up to the slot's end. */
export interface DigestChart extends DigestSpan {
  readonly span: DigestChartSpan;
  /** Length of a bar, ms; all have the same. */
  readonly barMs: number;
  /** From `start` to `end` without a hole, the oldest first. */
  readonly bars: readonly DigestBar[];
}

export interface DigestBar {
  readonly start: string;
  /** Null: nothing of it was counted; 0 is a zero. */
  readonly events: number | null;
  /** Every window of every filter was counted. */
  readonly counted: boolean;
  /** And none of them has a gap: a bar that is not complete is a lower bound. */
  readonly complete: boolean;
}
