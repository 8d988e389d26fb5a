import type { Complaint } from '../../../../config/filters/complaint.ts';
import type { Filter } from '../../../../core/model/filter.ts';
import type { Answer, Ask, SeriesCount } from '../../../../core/model/reading.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import type { KeyCheck, SurveyAnswer } from '../../../../core/ports/source.ts';

/** One way to read a Sentry. */
export interface Reader {
  /** Whether all filters of a read share most of what it costs. */
  readonly isShared: boolean;
  /** What of the filters cannot be read this way. */
  objections(filters: readonly Filter[]): readonly Complaint[];
  read(asks: readonly Ask[], scope: Scope): AsyncIterable<Answer>;
  /** As `Source.series`. Absent: such a server has no time series. */
  series?(filter: Filter, span: Window, scope: Scope, stepMs?: number): Promise<readonly SeriesCount[]>;
  /** As `Source.survey`. Absent: such a server cannot be asked. */
  survey?(filters: readonly Filter[], window: Window, scope: Scope): AsyncIterable<SurveyAnswer>;
  /** As `Source.checkKeys`. Absent: such a server cannot be asked. */
  checkKeys?(filters: readonly Filter[], scope: Scope): AsyncIterable<KeyCheck>;
}
