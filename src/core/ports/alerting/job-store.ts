import type { DueDone } from './due.ts';

/** What came of a piece of work at an instant, epoch ms. */
export interface JobResult {
  readonly at: number;
  /** For people. */
  readonly detail: string;
}

/** A piece of work beside windows, as it was done last. */
export interface Job extends Pick<DueDone, 'kind' | 'name'> {
  /** Null: it has not gone well yet. */
  readonly good: JobResult | null;
  /** Null: it has not failed yet. */
  readonly failed: JobResult | null;
}

/** A job as one server did it last. */
export interface KeptJob extends Job {
  /** Name of the server that did it. */
  readonly server: string;
}

/** What servers did last of each kind of work, over their restarts. */
export interface JobStore {
  /** What a job does not know leaves what is known as it is. */
  note(server: string, jobs: readonly Job[]): Promise<void>;
  /** By kind, name and server. */
  all(): Promise<readonly KeptJob[]>;
}

/** It went wrong after it went well, or never went well. */
export function isFailing({ good, failed }: Pick<Job, 'good' | 'failed'>): boolean {
  return failed !== null && (good === null || failed.at > good.at);
}
