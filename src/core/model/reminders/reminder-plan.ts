import type { DayTime, OnDays } from './days.ts';

/** What is told, and on which days. Sheets and calendars are names of what files set up. */
export type ReminderKind =
  | { readonly kind: 'text'; readonly text: string; readonly on: OnDays; readonly calendar: string | null }
  /** To each person on the birthday. */
  | { readonly kind: 'birthday'; readonly wish: string }
  /** Of each event whose title has that text, so many days before it; '': of any. */
  | { readonly kind: 'event'; readonly calendar: string; readonly before: readonly number[]; readonly title: string }
  /** `intervals`: by the word of the sheet, in lower case. */
  | {
      readonly kind: 'duty';
      readonly sheet: string;
      readonly intervals: Readonly<Record<string, OnDays>>;
      readonly calendar: string | null;
    };

/** How rules name whoever does a task: `duty/on-call`. */
export const DUTY = 'duty/';

/** How reminders and rules name somebody of a sheet: `person/dora`; rules also by one vendor: `person/dora/email`. */
export const PERSON_OF_SHEET = 'person/';

/** Besides persons by their names. */
export const GROUPS = ['everybody', 'named', 'admin'] as const;

/** A reminder as a file asks for it, with what it does not say filled in. Plain data. */
export interface ReminderPlan {
  /** `[a-z0-9][a-z0-9-]{0,59}`, unique. */
  readonly name: string;
  readonly at: DayTime;
  readonly what: ReminderKind;
  /** Keys of persons, those of sheets as `PERSON_OF_SHEET` has them, and some of `GROUPS`. */
  readonly to: readonly string[];
  /** Channels, one for each recipient. */
  readonly tell: readonly string[];
  /** `config/filters/crm.yaml:12` */
  readonly where: string;
}
