/** A time of each local day. Plain data. */
export interface DayTime {
  /** After midnight, 0 to 1439. */
  readonly minute: number;
  /** IANA name. */
  readonly zone: string;
}

/** Which days something is on. Plain data. */
export type OnDays =
  | {
      readonly kind: 'days';
      /** 0 (Sunday) to 6, at least one. */
      readonly weekdays: readonly number[];
      /** Which ones of their month, 1 to 5; -1: the last; none: each. */
      readonly nth: readonly number[];
      /** 1 to 12; none: each. */
      readonly months: readonly number[];
    }
  /** So many days before each event of a calendar whose title has that text, in any case; '': before any event. */
  | { readonly kind: 'before'; readonly days: number; readonly title: string };
