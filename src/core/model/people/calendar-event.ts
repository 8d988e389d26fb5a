import type { LocalDay } from './sheet.ts';

/** Epoch ms, `end` exclusive and not before `start`. `day`: on which it begins where it takes place. */
export interface TimedSpan {
  readonly kind: 'timed';
  readonly start: number;
  readonly end: number;
  /** IANA name of its own zone, in which it is shown. */
  readonly zone: string;
  readonly day: LocalDay;
}

/** Whole days wherever one is: a birthday. `last`: inclusive, the same as `day` of an event of one day. */
export interface DaySpan {
  readonly kind: 'days';
  readonly day: LocalDay;
  readonly last: LocalDay;
}

export interface Attendee {
  /** Null: only the address is known. */
  readonly name: string | null;
  /** Lower case. */
  readonly email: string | null;
}

/** One occurrence of what stands in a calendar; what was cancelled is none. Texts are as strangers wrote them. */
export interface CalendarEvent {
  /** The same for every reading of this occurrence, also after it was moved; unlike that of any other. */
  readonly id: string;
  /** The same for all occurrences of a series. */
  readonly series: string;
  readonly when: TimedSpan | DaySpan;
  /** One line, at most 500 letters; empty: it has none. */
  readonly title: string;
  /** Null: none is said. At most 500 letters. */
  readonly place: string | null;
  /** An http or https address; null: there is none. */
  readonly url: string | null;
  /** What more is said of it, at most 5,000 letters; null: nothing. */
  readonly text: string | null;
  readonly attendees: readonly Attendee[];
}
