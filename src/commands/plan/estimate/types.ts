import type { Filter } from '../../../core/model/filter.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import type { SinkCost, StoredADay } from '../../../core/ports/sink-cost.ts';
import type { Surveyed } from '../../../core/ports/source.ts';
import type { ReadingCost, ServerAssumptions, SourceCost } from '../../../core/ports/source-cost.ts';

/** What cannot be known without asking the source, or not at all. */
export interface Assumptions extends ServerAssumptions {
  /** Issues of a filter in a window. */
  readonly issues: number;
  /** Combinations of tags of one issue, where its filter has `tags`. */
  readonly combinations: number;
  /** Characters of an issue's title. */
  readonly title: number;
}

export const ASSUMED: Assumptions = {
  issues: 20,
  combinations: 3,
  events: 1000,
  title: 80,
  renewed: 50,
  regressed: 5,
  latencies: [150, 500, 1000, 3000],
  perSecond: 30,
  atOnce: 15,
};

/** What decides the records that sinks are sent. */
export interface RecordsInput {
  readonly filters: readonly Filter[];
  readonly sourceCost: Pick<SourceCost, 'org' | 'maxRows' | 'of'>;
  /** Those that are enabled. */
  readonly sinks: readonly Pick<Sink, 'name' | 'encode'>[];
  /** By the name of the sink, enabled or not. */
  readonly sinkCosts: Readonly<Record<string, SinkCost>>;
  readonly assumptions: Assumptions;
  /** By filter; the others are assumed. */
  readonly measured?: ReadonlyMap<string, Surveyed>;
}

export interface PlanInput extends RecordsInput {
  readonly sourceCost: SourceCost;
  readonly deadlineMs: number;
}

/** One filter's share. */
export interface FilterPlan {
  readonly filter: string;
  readonly projects: number;
  /** In a window. */
  readonly issues: number;
  readonly splits: number;
  readonly isMeasured: boolean;
  /** Records of a run, by sink. */
  readonly records: Readonly<Record<string, number>>;
  /** JSON of a run's records, bytes, by sink: of those that are paid by them. */
  readonly bytes: Readonly<Record<string, number>>;
}

/** What a vendor stores; `day` is null when its sink is not enabled. */
export interface VendorPlan {
  readonly sink: string;
  readonly cost: SinkCost;
  /** The vendor for people; with the sink's name where several are of one vendor. */
  readonly label: string;
  readonly day: StoredADay | null;
}

/** What the sinks are sent. */
export interface RecordsPlan {
  readonly filters: readonly FilterPlan[];
  /** Those that are paid by the byte come first. */
  readonly vendors: readonly VendorPlan[];
}

/** What filters and settings cost, at the source and at the vendors of the sinks. */
export interface Plan extends RecordsPlan, ReadingCost {
  readonly assumptions: Assumptions;
  readonly deadlineSeconds: number;
}
