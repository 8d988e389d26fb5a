import type { Filter } from '../core/model/filter.ts';

/** A plug-in's objection to a filter; becomes a fault with file and line. */
export interface Complaint {
  readonly filter: string;
  readonly key: keyof Filter;
  /** What is wrong; what to do. */
  readonly text: string;
}

/** What a vendor makes of filters, whatever the settings are. */
export interface Judgement {
  /** What it would refuse, or what asks it for nothing. */
  readonly faults: readonly Complaint[];
  /** What it understands otherwise than it looks. */
  readonly warnings: readonly Complaint[];
}
