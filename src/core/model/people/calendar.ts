import type { CalendarEvent } from './calendar-event.ts';

/** A time as a calendar says it. Plain data. */
export interface Moment {
  /** What the clock on the wall shows, as if it were UTC, epoch ms; of a whole day its midnight. */
  readonly wall: number;
  readonly isDay: boolean;
  /** `UTC`, an IANA name, or one of the calendar's own zones; null: wherever one is, and of a whole day. */
  readonly zone: string | null;
}

/** A weekday, Monday is 0; `nth`: which one of its month or year, from its end when negative; null: each. */
export interface NthWeekday {
  readonly weekday: number;
  readonly nth: number | null;
}

/** How a series goes on, by whole days; a list that is empty says nothing. The words are RFC 5545's. */
export interface Recurrence {
  readonly freq: 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | null;
  /** Inclusive. */
  readonly until: Moment | null;
  readonly byMonth: readonly number[];
  readonly byMonthDay: readonly number[];
  readonly byDay: readonly NthWeekday[];
  readonly byYearDay: readonly number[];
  readonly byWeekNo: readonly number[];
  readonly bySetPos: readonly number[];
  /** First day of a week, Monday is 0. */
  readonly weekStart: number;
}

/** A further time of a series that says itself how long it lasts; `end` and `lasts` as those of an item. */
export type Period = Pick<CalendarItem, 'start' | 'end' | 'lasts'>;

/** A series, an event alone, or a change of one occurrence, as it stands in a calendar. */
export interface CalendarItem extends Pick<CalendarEvent, 'title' | 'place' | 'url' | 'text' | 'attendees'> {
  readonly uid: string;
  /** Of a change: when that occurrence would have begun; null: it is none. */
  readonly replaces: Moment | null;
  /** Of a change: it is one of all that follow, too. */
  readonly andLater: boolean;
  /** Of two changes of the same the larger counts. */
  readonly sequence: number;
  readonly isCancelled: boolean;
  readonly start: Moment;
  /** Exclusive; null: see `lasts`. */
  readonly end: Moment | null;
  /** Whole days by the clock on the wall, and ms; null: as `end` says, else no time, or its one day. */
  readonly lasts: { readonly days: number; readonly ms: number } | null;
  readonly rule: Recurrence | null;
  /** Further occurrences, and those that do not take place. */
  readonly added: readonly Moment[];
  readonly left: readonly Moment[];
  /** Those of `added` that do not last as long as the others; absent: all do. */
  readonly periods?: readonly Period[];
}

/** Since when clocks of a zone show another time: ms that they are ahead of UTC, before and then. */
export interface ClockChange {
  /** Its first, by the clock before the change. */
  readonly wall: number;
  readonly before: number;
  readonly after: number;
  /** How it comes again; null: it does not, but for `added`. */
  readonly rule: Recurrence | null;
  readonly added: readonly number[];
}

/** What a calendar says, nothing of it expanded. Plain data. */
export interface Calendar {
  /** IANA name of the zone where it is kept; null: it does not say. */
  readonly zone: string | null;
  /** Zones that only this calendar knows, by name. */
  readonly zones: Readonly<Record<string, readonly ClockChange[]>>;
  readonly items: readonly CalendarItem[];
  /** What could not be understood, for people, one line each. */
  readonly leftOut: readonly string[];
}
