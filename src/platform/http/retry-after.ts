import type { Answered } from './request.ts';

/** What an answer says of waiting, beside the service's own words. */
interface Asked extends Pick<Answered, 'headers' | 'receivedAt'> {
  readonly detail: string;
  /** It is a 429. */
  readonly limited: boolean;
}

/** Concurrency limits say nothing, and pass within a second or two, ms. */
const CONCURRENCY_MS = 1500;

/**
 * How long the service asks us to wait, ms. `Retry-After` is in seconds or a date. A date, and Sentry's reset header in
 * Unix seconds, are by its own clock, so they are compared with its own `Date`; without one a date with `receivedAt`,
 * where that is given.
 */
export function waitOf({ headers, receivedAt = Number.NaN, detail, limited }: Asked): number | undefined {
  const theirNow = Date.parse(headers['date'] ?? '');
  const after = headers['retry-after'];
  if (after !== undefined && /^\d+$/.test(after)) return Number(after) * 1000;
  const now = Number.isNaN(theirNow) ? receivedAt : theirNow;
  if (after !== undefined && !Number.isNaN(Date.parse(after) - now)) return Math.max(0, Date.parse(after) - now);
  if (!limited) return undefined;
  if (/concurren/i.test(detail)) return CONCURRENCY_MS;
  const reset = Number(headers['x-sentry-rate-limit-reset'] ?? Number.NaN) * 1000;
  // A second more: both headers are cut to whole seconds.
  return Number.isNaN(reset - theirNow) ? undefined : Math.max(0, reset - theirNow) + 1000;
}
