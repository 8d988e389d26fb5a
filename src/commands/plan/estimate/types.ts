import type { Filter } from '../../../core/model/filter.ts';
import type { BaselineName } from '../../../core/model/reading.ts';
import type { Sink } from '../../../core/ports/sink.ts';
import type { Requests } from '../../../integrations/sources/sentry/cost.ts';

/** What cannot be known without asking Sentry, or not at all. */
export interface Assumptions {
  /** Issues of a filter in a window. */
  readonly issues: number;
  /** Combinations of tags of one issue, where its filter has `tags`. */
  readonly combinations: number;
  /** Events of a project in a window: matters only where they are read page by page. */
  readonly events: number;
  /** Characters of an issue's title. */
  readonly title: number;
  /** Of a window's issues, how many are asked for their details again, %: they are kept for ten minutes. */
  readonly renewed: number;
  /** Of Sentry's answers, ms. */
  readonly latencies: readonly number[];
  /** Requests for the events table that Sentry takes a second (SA §8.3); 0: it sets no limit, as on a server of one's own. */
  readonly perSecond: number;
  /** And at once. */
  readonly atOnce: number;
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

/** The settings that decide what a run asks. */
export interface Reading {
  readonly concurrency: number;
  readonly timeoutSeconds: number;
  readonly maxRows: number;
  readonly baselines: readonly BaselineName[];
  readonly source: 'auto' | 'table' | 'pages';
  readonly pagesPerSecond: number;
  readonly maxPages: number;
}

/** What Sentry said of a filter. */
export interface Measured {
  /** Of the last settled window. */
  readonly events: number;
  readonly issues: number;
  /** Of the 24 hours before its end. */
  readonly eventsOfDay: number;
  readonly issuesOfDay: number;
}

export interface PlanInput {
  readonly filters: readonly Filter[];
  readonly org: string;
  readonly reading: Reading;
  readonly sinks: readonly Pick<Sink, 'name' | 'encode'>[];
  readonly deadlineMs: number;
  readonly assumptions: Assumptions;
  /** By filter; the others are assumed. */
  readonly measured?: ReadonlyMap<string, Measured>;
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

/** Seconds of a run at one latency. */
export interface Duration {
  readonly latencyMs: number;
  readonly cold: number;
  readonly warm: number;
}

/** What filters and settings cost: at Sentry, at New Relic, at Anodot. */
export interface Plan {
  readonly filters: readonly FilterPlan[];
  readonly assumptions: Assumptions;
  readonly deadlineSeconds: number;
  /** Of these, for reading anything but totals. */
  readonly readingSeconds: number;
  /** Of one run: the first of a process, the first of a clock hour, any other. Null: events are read page by page. */
  readonly requests: { readonly cold: Requests; readonly hourly: Requests; readonly warm: Requests } | null;
  readonly requestsPerDay: number | null;
  readonly durations: readonly Duration[];
  /** Latency of Sentry, ms, up to which a run reads everything, and up to which it reads all totals in time; 0: never. */
  readonly ceiling: { readonly everythingMs: number; readonly totalsMs: number } | null;
  /** Shares of what Sentry takes, 0 to 1 and above; null: it sets no limit. */
  readonly share: { readonly requests: number; readonly atOnce: number } | null;
  /** Page by page: pages and seconds of a run. */
  readonly pages: { readonly perRun: number; readonly seconds: number } | null;
  readonly newRelic: {
    /** Time series of each of the three gauges, and of all. */
    readonly seriesPerMetric: number;
    readonly seriesPerDay: number;
    readonly recordsPerDay: number;
    /** Uncompressed JSON, 10^9 bytes. */
    readonly gbPerDay: number;
  } | null;
  readonly anodot: { readonly metrics: number; readonly samplesPerDay: number } | null;
  readonly warnings: readonly string[];
}
