import type { Filter } from '../../../core/model/filter.ts';
import type { Sink } from '../../../core/ports/sink.ts';
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
  latencies: [150, 500, 1000, 3000],
  perSecond: 30,
  atOnce: 15,
};

export type Measured = Surveyed;

export interface RecordsInput {
  readonly filters: readonly Filter[];
  readonly cost: Pick<SourceCost, 'org' | 'maxRows'>;
  readonly sinks: readonly Pick<Sink, 'name' | 'encode'>[];
  readonly assumptions: Assumptions;
  /** By filter; the others are assumed. */
  readonly measured?: ReadonlyMap<string, Measured>;
}

export interface PlanInput extends RecordsInput {
  readonly cost: SourceCost;
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
  /** JSON of a run's records at New Relic, bytes. */
  readonly newRelicBytes: number;
}

/** What the sinks are sent. */
export interface RecordsPlan {
  readonly filters: readonly FilterPlan[];
  readonly newRelic: {
    /** Time series of each of the three gauges, and of all. */
    readonly seriesPerMetric: number;
    readonly seriesPerDay: number;
    readonly recordsPerDay: number;
    /** Uncompressed JSON, 10^9 bytes. */
    readonly gbPerDay: number;
  } | null;
  readonly anodot: { readonly metrics: number; readonly samplesPerDay: number } | null;
}

/** What filters and settings cost: at the source, at New Relic, at Anodot. */
export interface Plan extends RecordsPlan, ReadingCost {
  readonly assumptions: Assumptions;
  readonly deadlineSeconds: number;
}
