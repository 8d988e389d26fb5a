/** How long something took, once. */
export interface Duration {
  readonly name: string;
  readonly ms: number;
}

/** How long something took in one window, as one reading of a log tells it. Plain data; parts can be added up. */
export interface TimingPart {
  readonly name: string;
  /** Start of the window, epoch ms. */
  readonly window: number;
  readonly count: number;
  /** Ms, as they were written, and so for the next two. */
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  /** How often each duration was seen, in ms on three digits, the shortest first. */
  readonly seen: readonly (readonly [ms: number, times: number])[];
}

/** A part with the intake that it is of. */
export interface ProjectTiming extends TimingPart {
  readonly project: string;
}

/** How long something took in one window. */
export interface Timing extends Omit<TimingPart, 'seen'> {
  readonly project: string;
  /** Ms, by nearest rank, on three digits. */
  readonly p50: number;
  readonly p95: number;
}

/** Durations of a log, to be stored with what else was read. */
export interface TimingBatch {
  /** What they were read from: what is told of it again takes its place. */
  readonly part: string;
  readonly timings: readonly TimingPart[];
}
