import type { Fault } from '../model/fault.ts';
import type { Filter } from '../model/filter.ts';
import type { Hits } from '../model/ticketing/content.ts';
import type { Finding } from './finding.ts';
import type { Answer, Ask, SeriesCount } from '../model/reading.ts';
import type { Window } from '../model/window.ts';
import type { Scope } from './scope.ts';
import type { SourceCost } from './source-cost.ts';

/** How much a filter finds, for plans. */
export interface Surveyed {
  /** In the window. */
  readonly events: number;
  readonly issues: number;
  /** In the 24 hours before its end. */
  readonly eventsOfDay: number;
  readonly issuesOfDay: number;
}

export type SurveyAnswer = { readonly filter: Filter } & ({ readonly surveyed: Surveyed } | { readonly fault: Fault });

/** What is odd about a key of a filter, by what the source has seen so far; what to do. */
export interface Remark {
  readonly key: keyof Filter;
  readonly text: string;
}

/** `untold`: why nothing can be said of this filter. */
export type KeyCheck = { readonly filter: Filter } & (
  { readonly remarks: readonly Remark[] } | { readonly untold: string } | { readonly fault: Fault }
);

/** What a filter may name. */
export interface SourceProject {
  readonly slug: string;
  readonly teams: readonly string[];
  /** Undefined: the source does not say. */
  readonly environments?: readonly string[] | undefined;
}

/** What a source made of an event. */
export interface Located {
  /** Id of its issue. */
  readonly issue: string;
  /** Slug. */
  readonly project: string;
}

/** Where reports come from. What is optional is absent where a vendor has nothing for it. */
export interface Source {
  readonly name: string;
  /** Looks up ahead what every read will need. Gives back what it found, good and bad. Never rejects. */
  prepare(filters: readonly Filter[], scope: Scope): Promise<readonly Finding[]>;
  /** Yields one answer per ask, as soon as it is there, in any order. One filter's trouble is its own `fault`. */
  read(asks: readonly Ask[], scope: Scope): AsyncIterable<Answer>;
  /**
   * Whether asks of one read share most of what they cost, so that these filters should not be read in parts. Absent:
   * they do not. Never rejects.
   */
  sharesReading?(scope: Scope, filters: readonly Filter[]): Promise<boolean>;
  /** The filters by connection: what holds up one is nothing to the others. Absent: they share one. */
  apart?(filters: readonly Filter[]): readonly (readonly Filter[])[];
  /**
   * A filter's counts from the source's own time series, by windows that start in the span, as far as it has them; for
   * people's eyes only. `stepMs`: of longer stretches instead, on the grid of that step. Rejects when they cannot be
   * had. Absent: the source has none.
   */
  series?(filter: Filter, span: Window, scope: Scope, stepMs?: number): Promise<readonly SeriesCount[]>;
  /**
   * The filter's search as a page for people, for a span; null: what it takes is not known yet. Asks nobody. Absent:
   * the source has no such page.
   */
  searchUrl?(filter: Filter, span: Window): string | null;
  /** What the source is asked for, in its own words; null: nobody knows yet. Absent: it has none. */
  queryOf?(filter: Filter): string | null;
  /**
   * How much each filter finds in the window and in a day. One filter's trouble is its own `fault`. Rejects when this
   * server cannot be asked.
   */
  survey?(filters: readonly Filter[], window: Window, scope: Scope): AsyncIterable<SurveyAnswer>;
  /**
   * Where each filter asks for names that the source has never seen in its projects. One filter's trouble is its own
   * `fault`. Absent: the source cannot tell.
   */
  checkKeys?(filters: readonly Filter[], scope: Scope): AsyncIterable<KeyCheck>;
  /** All that there is to be read, by slug. Rejects when it cannot be had. Absent: the source cannot tell. */
  projects?(scope: Scope): Promise<readonly SourceProject[]>;
  /**
   * An event by its id, as clients give it: 32 hexadecimal digits. Null: it is not known, which may be so yet. Rejects
   * when the source cannot be asked. Absent: it cannot tell.
   */
  locate?(eventId: string, scope: Scope): Promise<Located | null>;
  /**
   * What an issue's newest event says: its traceback, else its message. Null: that is not known. Rejects when the
   * source cannot be asked. Absent: it cannot tell.
   */
  newestText?(issueId: string, scope: Scope): Promise<string | null>;
  /**
   * The newest events of an issue within 14 days, at most so many are listed. Null: such a server cannot say. Rejects
   * when the source cannot be asked. Absent: it cannot tell.
   */
  newestEvents?(
    issue: { readonly project: string; readonly id: string },
    limit: number,
    scope: Scope,
  ): Promise<Hits | null>;
  readonly cost?: SourceCost;
  /** The same, as the server turns out to be read: it is asked. Absent: no server is read otherwise. Never rejects. */
  costNow?(scope: Scope): Promise<SourceCost>;
}
