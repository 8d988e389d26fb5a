import type { CalendarEvent } from '../../model/people/calendar-event.ts';
import type { Duties } from '../duties/read-duties.ts';

/** What sheets and calendars say that a reminder needs. */
export interface Facts {
  /** Null: it is no reminder of duties. */
  readonly duties: Duties | null;
  /** Events around the days that are asked for, in their order. */
  readonly agenda: readonly CalendarEvent[];
  /** What of it is old, because it could not be read again, a sentence each. */
  readonly old: readonly string[];
  /** What of it cannot be understood, a line each. */
  readonly faults: readonly string[];
  /** What of the calendar could not be understood: the admin heard it when it was read. */
  readonly leftOut: readonly string[];
}

export const NO_FACTS: Facts = { duties: null, agenda: [], old: [], faults: [], leftOut: [] };
