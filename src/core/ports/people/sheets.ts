import type { CalendarEvent } from '../../model/people/calendar-event.ts';
import type { Sheet } from '../../model/people/sheet.ts';
import type { LastTry } from '../../model/watches/last-try.ts';

/** The last good answer of what is read now and then. */
export interface Read<T> {
  readonly found: T;
  /** When it was read, epoch ms: its age. */
  readonly at: number;
}

/** What is known of a sheet or a calendar. All servers with one ledger see the same. */
export interface Known<T> {
  /** Stays while later tries fail; null: it was never read well. */
  readonly good: Read<T> | null;
  /** The last try, with its fault, for people; null: nobody has tried yet. */
  readonly last: LastTry | null;
}

/** Sheets that files set up under `sheets`. */
export interface Sheets {
  /** Null: no file sets up one of that name. Rejects when the ledger cannot be asked. */
  read(name: string): Promise<Known<Sheet> | null>;
}

/** What stands in a calendar between two instants. */
export interface Agenda {
  /** In order of their begin; days that are whole begin at midnight in the zone that was asked for. */
  readonly events: readonly CalendarEvent[];
  /** What could not be understood when it was read, for people, one line each: an event in an unknown zone. */
  readonly leftOut: readonly string[];
  /** What takes place too often to be followed in this span, one line each. Nothing else is missing. */
  readonly unfollowed: readonly string[];
}

/** Epoch ms, `end` exclusive, at most three years. `zone`: IANA name, where whole days are looked at. */
export interface AgendaSpan {
  readonly start: number;
  readonly end: number;
  readonly zone: string;
}

/** Calendars that files set up under `calendars`. */
export interface Calendars {
  /** Every event that touches the span, once. Null: no file sets up one of that name. Rejects as `Sheets.read`. */
  read(name: string, span: AgendaSpan): Promise<Known<Agenda> | null>;
}
