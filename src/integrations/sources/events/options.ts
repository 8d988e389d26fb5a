import type { Filter } from '../../../core/model/filter.ts';
import type { BaselineName } from '../../../core/model/reading.ts';
import type { CountWish } from '../../../core/ports/events/event-store.ts';
import type { IntakeDeps } from '../../plugin.ts';

export interface EventsOptions extends IntakeDeps {
  /** The instance's. */
  readonly name: string;
  /** Rows of issues, and of splits, at most. */
  readonly maxRows: number;
  readonly baselines: readonly BaselineName[];
  /** Epoch ms. */
  now(): number;
}

/** Whether counts tell of its events: texts are not counted by. */
export function isByCounts({ searchTerms, exclude }: Pick<Filter, 'searchTerms' | 'exclude'>): boolean {
  return searchTerms.length + exclude.length === 0;
}

export function wishOf({ projects, environments, levels }: Filter): CountWish {
  return { projects, environments, levels };
}
