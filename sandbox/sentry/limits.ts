import { type Answer, bare } from '../http/message.ts';
import type { Endpoint } from '../types.ts';

/** Fixed window, counted by the sandbox clock. */
export type Limit = { requests: number; windowSeconds: number; concurrent: number };

/** What Sentry's own code declares. */
export const DECLARED_LIMITS: Readonly<Partial<Record<Endpoint, Limit>>> = {
  'events-table': { requests: 30, windowSeconds: 1, concurrent: 15 },
  'events-timeseries': { requests: 30, windowSeconds: 1, concurrent: 15 },
  'project-events': { requests: 60, windowSeconds: 60, concurrent: 1 },
  issues: { requests: 10, windowSeconds: 1, concurrent: 15 },
  issue: { requests: 5, windowSeconds: 1, concurrent: 15 },
  projects: { requests: 999, windowSeconds: 1, concurrent: 999 },
};

/** Leave to answer, or the 429 in its place; `headers` belong on every answer of a limited endpoint. */
export type Pass = {
  readonly refusal: Answer | undefined;
  readonly headers: Readonly<Record<string, string>>;
  leave(): void;
};

export type Limiter = {
  set(endpoint: Endpoint, limit: Limit | undefined): void;
  clear(): void;
  enter(endpoint: Endpoint, now: number): Pass;
};

type Use = { window: number; count: number; inside: number };

export function createLimiter(): Limiter {
  const limits = new Map<Endpoint, Limit>();
  const uses = new Map<Endpoint, Use>();
  return {
    set: (endpoint, limit) => {
      if (limit === undefined) limits.delete(endpoint);
      else limits.set(endpoint, limit);
    },
    clear: () => {
      limits.clear();
    },
    enter: (endpoint, now) => {
      const limit = limits.get(endpoint);
      if (limit === undefined) return { refusal: undefined, headers: {}, leave: () => undefined };
      const use = uses.get(endpoint) ?? { window: 0, count: 0, inside: 0 };
      uses.set(endpoint, use);
      return enter(limit, use, now);
    },
  };
}

function enter(limit: Limit, use: Use, now: number): Pass {
  const window = Math.floor(now / 1000 / limit.windowSeconds);
  if (use.window !== window) Object.assign(use, { window, count: 0 });
  use.count++;
  use.inside++;
  const reset = (window + 1) * limit.windowSeconds;
  const headers = limitHeaders(limit, limit.requests - use.count, reset, limit.concurrent - use.inside);
  return {
    refusal: refusalOf(limit, use, headers),
    headers,
    leave: () => {
      use.inside--;
    },
  };
}

function refusalOf(limit: Limit, use: Use, headers: Record<string, string>): Answer | undefined {
  if (use.inside > limit.concurrent) return tooMany(concurrencyText(limit.concurrent), headers);
  if (use.count > limit.requests) return tooMany(rateText(limit.requests, limit.windowSeconds), headers);
  return undefined;
}

export function limitHeaders(limit: Limit, left: number, reset: number, free: number): Record<string, string> {
  return {
    'X-Sentry-Rate-Limit-Limit': String(limit.requests),
    'X-Sentry-Rate-Limit-Remaining': String(Math.max(0, left)),
    'X-Sentry-Rate-Limit-Reset': String(reset),
    'X-Sentry-Rate-Limit-ConcurrentLimit': String(limit.concurrent),
    'X-Sentry-Rate-Limit-ConcurrentRemaining': String(Math.max(0, free)),
  };
}

export function rateText(requests: number, seconds: number): string {
  const limit = `${String(requests)} requests in ${String(seconds)} seconds`;
  return `You are attempting to use this endpoint too frequently. Limit is ${limit}`;
}

export function concurrencyText(concurrent: number): string {
  return (
    'You are attempting to go above the allowed concurrency for this endpoint. ' +
    `Concurrency limit is ${String(concurrent)}`
  );
}

/** JSON text under Django's own content type, without Retry-After. */
export function tooMany(detail: string, headers: Readonly<Record<string, string>>): Answer {
  return bare(429, JSON.stringify({ detail }), { 'content-type': 'text/html; charset=utf-8', ...headers });
}
