/** Time, as everything below the edge gets it. */
export interface Clock {
  /** Epoch milliseconds UTC. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason when it is aborted before. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}
