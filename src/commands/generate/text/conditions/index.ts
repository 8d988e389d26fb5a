import type { Filter } from '../../../../core/model/filter.ts';
import type { Condition } from './condition.ts';
import { filterConditions } from './filters.ts';
import { RUN_CONDITIONS } from './runs.ts';

/** All that alarms: what watches the service itself, then what each filter asks for. */
export function conditionsOf(filters: readonly Filter[]): readonly Condition[] {
  return [...RUN_CONDITIONS, ...filters.flatMap(filterConditions)];
}
