import type { Filter } from '../../core/model/filter.ts';

/** A plug-in's objection to a filter; becomes a fault with file and line. */
export interface Complaint {
  readonly filter: string;
  readonly key: keyof Filter;
  /** What is wrong; what to do. */
  readonly text: string;
}
