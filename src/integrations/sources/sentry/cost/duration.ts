import type { FilterLoad, ReadingRequests, ServerAssumptions } from '../../../../core/ports/source-cost.ts';
import { usedOf } from '../limits/limit-headers.ts';
import type { ReadingSettings } from '../settings.ts';

/** How the time of a run comes about: requests in flight, Sentry's rate, and the round trips that follow each other. */
export interface Effort {
  readonly requests: number;
  readonly roundTrips: number;
}

/** What of the settings decides how fast requests leave. */
type Speed = Pick<ReadingSettings, 'concurrency' | 'timeoutSeconds'>;
type Rate = Pick<ServerAssumptions, 'perSecond'>;

/** Look-ups when cold, then counts, then details and days ago if any, then returns. Pages of rows follow each other. */
export function effortOf(
  loads: readonly FilterLoad[],
  requests: ReadingRequests,
  isCold: boolean,
  maxRows: number,
): Effort {
  const pages = Math.max(
    1,
    ...loads.map(({ issues, splits }) => Math.ceil(Math.min(Math.max(issues, splits), maxRows + 1) / 100)),
  );
  return {
    requests: requests.all,
    roundTrips:
      (isCold ? 1 : 0) + pages + (requests.details + requests.days > 0 ? 1 : 0) + (requests.returns > 0 ? 1 : 0),
  };
}

export function secondsAt(
  latencyMs: number,
  { requests, roundTrips }: Effort,
  { concurrency }: Speed,
  { perSecond }: Rate,
): number {
  const atRate = perSecond === 0 ? 0 : requests / usedOf(perSecond);
  return Math.max((roundTrips * latencyMs) / 1000, (requests * latencyMs) / 1000 / concurrency, atRate);
}

/** The latency up to which that much fits into so many seconds, ms; 0: never. A slower answer is not waited for. */
export function ceilingOf(
  seconds: number,
  { requests, roundTrips }: Effort,
  { concurrency, timeoutSeconds }: Speed,
  { perSecond }: Rate,
): number {
  if (perSecond > 0 && requests / usedOf(perSecond) > seconds) return 0;
  return Math.floor(
    Math.min((seconds * 1000) / roundTrips, (seconds * 1000 * concurrency) / requests, timeoutSeconds * 1000),
  );
}
