import type { ErrorEvent, GroupedBy, Reject } from '../../model/events/event.ts';
import type { ProjectTiming, TimingBatch } from '../../model/events/timing.ts';
import type { EventRoom } from '../../model/events/room.ts';
import type { Window } from '../../model/window.ts';
import type { EventsAsked, StoredSpan } from './lists.ts';
import type { AlikeIssues, KeptRejects, KeptSample } from './kept.ts';
import type { ObjectBook } from './object-book.ts';
import type { FilterAt } from '../alerting/alert-store.ts';

export type { AlikeIssue, AlikeIssues, KeptRejects, KeptSample } from './kept.ts';

/** Events of a batch at most: a transaction of the ledger is to be short. */
export const MOST_EVENTS = 500;

/** How far a reader of an intake came. */
export interface Cursor {
  /**
   * Of the reader within its intake: '' where all servers share one (a queue), else whose it is (a server's files).
   * A window is complete when every reader of its intake is past it.
   */
  readonly name: string;
  /** Where to go on, in the reader's own words; null: it needs none. */
  readonly position: string | null;
  /**
   * All that happened before this instant was read, as far as the reader can know; epoch ms. It never goes back. Null:
   * nothing is known.
   */
  readonly watermark: number | null;
  /** Nothing that happened before this instant was looked for; epoch ms. It only goes back. Absent: all was. */
  readonly since?: number;
  /** Stretches between the two that were not read, in their order. Absent: none. */
  readonly missing?: readonly Window[];
}

/** What is stored together, or not at all. */
export interface EventBatch {
  /** Name of the intake. */
  readonly project: string;
  /** At most `MOST_EVENTS`. */
  readonly events: readonly ErrorEvent[];
  readonly rejects?: readonly Reject[];
  /** Remarks on records that were read all the same. */
  readonly notes?: readonly Reject[];
  /** Durations; where its cursor is not where they were read from any more, neither they nor the cursor are stored. */
  readonly timings?: TimingBatch & { readonly after?: string | null };
  /** Words that say nothing of an error here, beside those that never do; absent: none. */
  readonly noise?: readonly string[];
  /** Absent: it stays. */
  readonly cursor?: Cursor;
}

/** What became of a batch. */
export interface Stored {
  /** Events that were new. */
  readonly stored: number;
  /** Events that were known, or stood in the batch twice. */
  readonly repeats: number;
  /** Rejects that were new. */
  readonly rejects: number;
}

export interface KeptCursor extends Pick<Cursor, 'name' | 'position' | 'watermark'> {
  readonly project: string;
  /** Null: of one that was begun before this was noted, or that looked for all. */
  readonly since: number | null;
  readonly missing: readonly Window[];
  /** When it was written last, by the ledger's clock, epoch ms. */
  readonly movedAt: number;
}

/** An event as it counts. */
export interface StoredEvent extends Omit<ErrorEvent, 'url' | 'sample' | 'grouping' | 'former' | 'took'> {
  readonly project: string;
}

/** What is known of an issue over all of its events. */
export interface StoredIssue {
  readonly issueId: string;
  readonly project: string;
  /** Of its newest event, and so for the next three. */
  readonly title: string;
  readonly culprit: string | null;
  readonly level: string;
  readonly url: string | null;
  /** Its first event in the environments that were asked for, epoch ms. */
  readonly first: number;
  /** Its newest event anywhere, epoch ms. */
  readonly last: number;
}

/** Where an event is. */
export interface EventPlace {
  readonly project: string;
  readonly issueId: string;
}

/** Which events are counted; empty lists ask for nothing. */
export interface CountWish {
  readonly projects: readonly string[];
  readonly environments: readonly string[];
  readonly levels: readonly string[];
}

/** Distinct users of a span. */
export interface UserCount {
  readonly users: number;
  /** By issue id, those that have more than was asked for. */
  readonly issues: Readonly<Record<string, number>>;
}

export interface WindowCount {
  /** Epoch ms, on the grid. */
  readonly start: number;
  readonly events: number;
}

/** Events of an issue on a UTC day. */
export interface DayCount {
  readonly issueId: string;
  /** Its beginning, epoch ms. */
  readonly day: number;
  readonly events: number;
}

/** When an issue's events happened, epoch ms. */
export interface IssueTimes {
  readonly project: string;
  readonly issueId: string;
  /** Anywhere; null: not asked for. */
  readonly first: number | null;
  readonly last: number;
}

/** Which issues somebody looks for. */
export interface IssuesAsked {
  readonly projects: readonly string[];
  /** That have an event at that time or later, epoch ms. */
  readonly since: number;
  /** In their title, culprit or id; upper and lower case are the same. Absent: whatever they say. */
  readonly text?: string | undefined;
  /** When they began is wanted too: that takes as long as all else. */
  readonly first: boolean;
  /** At most so many, those with the newest events. */
  readonly limit: number;
}

/** A filter whose windows may have got events after they were counted. */
export interface LateWish {
  readonly filter: string;
  readonly projects: readonly string[];
}

export interface HeldAgain {
  readonly reportId: string;
  readonly held: number;
}

/** Events of intakes, each once, and what they come to. Times are those of the events, spans lie on the grid. */
export interface EventStore {
  /** How long events are kept, ms. */
  readonly keptMs: number;
  readonly objects: ObjectBook;
  /** Null: nothing bounds it. It may be a minute old. */
  room(): Promise<EventRoom | null>;
  /** Any number of servers may add to one project at once. Rejects with an `EventsFull` where there is no room. */
  add(batch: EventBatch): Promise<Stored>;
  /** As far as they were ever written. */
  cursors(projects: readonly string[]): Promise<readonly KeptCursor[]>;
  /** Hands over every event of the projects in the span, by project and time, some thousands at once. */
  each(projects: readonly string[], span: Window, take: (events: readonly StoredEvent[]) => void): Promise<void>;
  /**
   * How far the order goes in which events were stored, by project; one without events is absent. Whatever is stored
   * later comes behind that, and all that does not is there.
   */
  reached(projects: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Hands over what a project got, in that order, some thousands at once. */
  stored(project: string, span: StoredSpan, take: (events: readonly StoredEvent[]) => void): Promise<void>;
  /** The newest first; of one instant by project, then backwards by id. */
  newest(asked: EventsAsked): Promise<readonly StoredEvent[]>;
  /** How many events of the projects in the span it has. NOTE: ask before `each`: then those are as many or more. */
  held(projects: readonly string[], span: Window): Promise<number>;
  /** By issue id; those that are known. `environments`: empty: all. */
  issues(
    projects: readonly string[],
    ids: readonly string[],
    environments: readonly string[],
  ): Promise<ReadonlyMap<string, StoredIssue>>;
  /** The newest event first. */
  find(asked: IssuesAsked): Promise<readonly IssueTimes[]>;
  /** By issue id, zeros left out; one statement, however many issues there are. */
  counts(wish: CountWish, ids: readonly string[], span: Window): Promise<ReadonlyMap<string, number>>;
  /** `above`: issues with more users than that are counted too; null: none. */
  users(wish: CountWish, span: Window, above: number | null): Promise<UserCount>;
  /** By windows, or by longer steps on their grid (ms); zeros left out. */
  series(wish: CountWish, span: Window, stepMs: number): Promise<readonly WindowCount[]>;
  /**
   * By UTC day and issue, the oldest day first, zeros left out. `span` begins and ends with a day; `ids`: null: all
   * issues.
   */
  days(wish: CountWish, ids: readonly string[] | null, span: Window): Promise<readonly DayCount[]>;
  /** The event of this id in any of these projects; null: it is not there. */
  locate(projects: readonly string[], eventId: string): Promise<EventPlace | null>;
  /** Distinct users by issue, zeros left out; `ids`: null: of all issues. */
  usersBy(project: string, ids: readonly string[] | null, span: Window): Promise<ReadonlyMap<string, number>>;
  samples(project: string, issueId: string): Promise<readonly KeptSample[]>;
  /** Issues of these projects that are like it, at most so many. */
  alike(projects: readonly string[], issue: EventPlace, most: number): Promise<AlikeIssues>;
  /** Why the issue's events are of it; null: the vendor says so, or it is not kept. */
  groupingOf(issue: EventPlace): Promise<GroupedBy | null>;
  /** How long something took, as it is kept, by project, window and name. */
  timings(projects: readonly string[], span: Window): Promise<readonly ProjectTiming[]>;
  /** Records that could not be read: how many there were in the time that they are kept, and the newest of them. */
  rejects(project: string, most: number): Promise<KeptRejects>;
  /** Windows that start at `from` or later and got events after they were counted last, the oldest first. */
  late(wishes: readonly LateWish[], from: number): Promise<readonly FilterAt[]>;
  /** Of windows that were read again and had nothing more of their filter: what was held then. */
  noteHeld(again: readonly HeldAgain[]): Promise<void>;
}
