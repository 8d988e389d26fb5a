import type { Filter } from '../model/filter.ts';
import type { Answer, Ask, SeriesCount } from '../model/reading.ts';
import type { Window } from '../model/window.ts';
import type { Scope } from './scope.ts';

export interface Source {
  readonly name: string;
  /** Looks up ahead what every read will need. Gives back what a person should mend, in sentences; never rejects. */
  prepare(filters: readonly Filter[], scope: Scope): Promise<readonly string[]>;
  /** Yields one answer per ask, as soon as it is there, in any order. One filter's trouble is its own `fault`. */
  read(asks: readonly Ask[], scope: Scope): AsyncIterable<Answer>;
  /** Whether asks of one read share most of what they cost, so that a run should not be read in parts. Absent: each costs by itself. Never rejects. */
  sharesReading?(scope: Scope): Promise<boolean>;
  /**
   * A filter's counts from the source's own time series, by windows that start in the span, as far as it has them; for people's
   * eyes only. Rejects when they cannot be had. Absent: the source has none.
   */
  series?(filter: Filter, span: Window, scope: Scope): Promise<readonly SeriesCount[]>;
}
