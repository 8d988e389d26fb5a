import type { EventPoint } from '../../../core/ports/events/lists.ts';
import { DAY_MS, HOUR_MS, PERIOD_MS } from '../../../core/model/window.ts';

/** How long a range is and how long one of its bars, ms. The bars of a range are never more than some three hundred. */
export interface Range {
  readonly ms: number;
  readonly step: number;
}

export const RANGES = {
  '1h': { ms: HOUR_MS, step: PERIOD_MS },
  '12h': { ms: 12 * HOUR_MS, step: PERIOD_MS },
  '24h': { ms: DAY_MS, step: PERIOD_MS },
  '7d': { ms: 7 * DAY_MS, step: HOUR_MS },
  '30d': { ms: 30 * DAY_MS, step: 6 * HOUR_MS },
} as const satisfies Readonly<Record<string, Range>>;

export type RangeName = keyof typeof RANGES;

export const SORTS = ['trouble', 'name', 'now', 'usual', 'peak'] as const;
export type Sort = (typeof SORTS)[number];

/** By what issues of intakes are listed. */
export const ISSUE_SORTS = ['events', 'users', 'first', 'last'] as const;
export type IssueSort = (typeof ISSUE_SORTS)[number];
/** new: their first event is in the range. */
export const ISSUE_STATES = ['new', 'known'] as const;
export type IssueState = (typeof ISSUE_STATES)[number];

/** any: has a ticket; open: one that is not done; none: has none; old: none that was touched within 14 days. */
export const TICKET_CHOICES = ['any', 'open', 'none', 'old'] as const;
export type TicketChoice = (typeof TICKET_CHOICES)[number];

/** What a person wants to see: all of it stands in the address, so a link to a page is a link to what it shows. */
export interface View {
  /** Absent: the page's own. */
  readonly range?: RangeName;
  /** The instant up to which it is shown, epoch ms; absent: now. */
  readonly at?: number;
  /** Absent: troubled filters first. */
  readonly sort?: Sort;
  /** Only filters with this in their name, team or projects, or issues with it in what they say; absent: all. */
  readonly q?: string;
  /** The charts of all filters share a scale. Absent: each has its own. */
  readonly scale?: 'shared';
  /** Teams that are unfolded, and folded, against what the page would do; '' is the team without a name. */
  readonly open?: readonly string[];
  readonly shut?: readonly string[];
  /** Of issues: those of the last counted window; absent: those of intakes, where there are any. */
  readonly of?: 'window';
  /** Of issues of intakes: absent: by events; of all projects; of every state. */
  readonly by?: IssueSort;
  readonly project?: string;
  readonly state?: IssueState;
  /** Of issues: only those with such tickets; absent: whatever. */
  readonly ticket?: TicketChoice;
  /** Issues that somebody hid are listed as well. */
  readonly hidden?: 'shown';
  /** Which page of a long list, from 2; absent: the first. */
  readonly page?: number;
  /** Of events: of this level; absent: of all. */
  readonly level?: string;
  /** Of events: only those that come after this one in the list; absent: from the newest. */
  readonly after?: EventPoint;
}
