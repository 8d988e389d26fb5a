import type { Filter } from '../model/filter.ts';

/** What a filter is expected to find in a window. */
export interface FilterLoad {
  readonly filter: Filter;
  readonly issues: number;
  /** Combinations of issue and tags; 0 for a filter without tags. */
  readonly splits: number;
}

/** What only the vendor's server could tell. */
export interface ServerAssumptions {
  /** Events of a project in a window. Matters only where they are read page by page. */
  readonly events: number;
  /** Of a window's issues beyond a filter's hundred biggest, how many are asked for their details again, %. */
  readonly renewed: number;
  /** Of a filter's hundred biggest issues, how many came back in the last days and are asked when, %. */
  readonly regressed: number;
  /** How long an answer takes, ms: a plan has one duration for each. */
  readonly latencies: readonly number[];
  /** Requests that the server takes a second; 0: it sets no limit. */
  readonly perSecond: number;
  /** And at once. */
  readonly atOnce: number;
}

/** Requests of one run, by what they ask for. */
export interface ReadingRequests {
  /** What the server can be asked. */
  readonly kind: number;
  /** The list of projects. */
  readonly projects: number;
  readonly totals: number;
  readonly rows: number;
  readonly splits: number;
  /** The hour before the window. */
  readonly hour: number;
  readonly details: number;
  /** When issues came back. */
  readonly returns: number;
  /** Baselines of other days. */
  readonly days: number;
  /** Users over spans longer than a window, where rules want them. */
  readonly users: number;
  readonly all: number;
}

/** Seconds of a run at one latency. */
export interface ReadingDuration {
  readonly latencyMs: number;
  readonly cold: number;
  readonly warm: number;
}

/** What it costs to read some filters every five minutes. */
export interface ReadingCost {
  /** Of a run's deadline, for reading anything but totals. */
  readonly readingSeconds: number;
  /** Of one run: the first of a process, the first of a clock hour, any other. Null: events are read page by page. */
  readonly requests: {
    readonly cold: ReadingRequests;
    readonly hourly: ReadingRequests;
    readonly warm: ReadingRequests;
  } | null;
  readonly requestsPerDay: number | null;
  readonly durations: readonly ReadingDuration[];
  /** Latency, ms, up to which a run reads everything, and up to which it reads all totals in time; 0: never. */
  readonly ceiling: { readonly everythingMs: number; readonly totalsMs: number } | null;
  /** Shares of what the server takes, 0 to 1 and above; null: it sets no limit. */
  readonly share: { readonly requests: number; readonly atOnce: number } | null;
  /** Page by page: pages and seconds of a run. */
  readonly pages: { readonly perRun: number; readonly seconds: number } | null;
  /** What does not fit or falls short, each with what to do. */
  readonly warnings: readonly string[];
  /** Where several are read, side by side: each by itself; the rest is all together, or the worst. Absent: one. */
  readonly connections?: readonly ConnectionCost[] | undefined;
}

/** What it costs to read one of several sources. */
export interface ConnectionCost {
  /** Name of the source. */
  readonly source: string;
  readonly org: string;
  readonly filters: number;
  readonly cost: ReadingCost;
}

/** What a source's reading costs, by its settings alone: no request is made. */
export interface SourceCost {
  /** The organization that is read, as records name it. */
  readonly org: string;
  /** Rows of issues, and of splits, that are read of a filter and window at most. */
  readonly maxRows: number;
  /** Events are read page by page: it is they that cost, not the issues. */
  readonly isPaged: boolean;
  /** Where several are read: what is read of this filter. Absent: the same of all. */
  of?(filter: Filter): Pick<SourceCost, 'org' | 'maxRows'>;
  /** Pure: the same arguments give the same cost. */
  estimate(loads: readonly FilterLoad[], assumptions: ServerAssumptions, deadlineMs: number): ReadingCost;
}
