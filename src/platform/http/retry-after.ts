/** An answer's headers, with lower-case names, and the service's own words. */
interface Asked {
  readonly headers: Readonly<Record<string, string>>;
  readonly detail: string;
  /** It is a 429. */
  readonly limited: boolean;
}

/** Concurrency limits say nothing, and pass within a second or two, ms. */
const CONCURRENCY_MS = 1500;

/**
 * How long the service asks us to wait, ms. `Retry-After` is in seconds or a date. Sentry's reset header is Unix
 * seconds by its own clock, so it is compared with its own `Date`.
 */
export function waitOf({ headers, detail, limited }: Asked): number | undefined {
  const theirNow = Date.parse(headers['date'] ?? '');
  const after = headers['retry-after'];
  if (after !== undefined && /^\d+$/.test(after)) return Number(after) * 1000;
  if (after !== undefined && !Number.isNaN(Date.parse(after) - theirNow))
    return Math.max(0, Date.parse(after) - theirNow);
  if (!limited) return undefined;
  if (/concurren/i.test(detail)) return CONCURRENCY_MS;
  const reset = Number(headers['x-sentry-rate-limit-reset'] ?? Number.NaN) * 1000;
  // A second more: both headers are cut to whole seconds.
  return Number.isNaN(reset - theirNow) ? undefined : Math.max(0, reset - theirNow) + 1000;
}
