import type { Fault } from './faults.ts';
import { whole } from '../anodot/metrics.ts';
import { rateLimited } from '../discord/webhook.ts';
import { plain } from '../newrelic/http.ts';
import { queryTimeout } from '../sentry/errors.ts';
import { concurrencyText, DECLARED_LIMITS, type Limit, limitHeaders, rateText, tooMany } from '../sentry/limits.ts';
import { tooMany as tooManyForBot } from '../telegram/limits.ts';
import type { State } from '../world/state.ts';
import type { Endpoint, Vendor } from '../types.ts';
import { type Answer, bare, json } from './message.ts';

/** What a fault does to a request: an answer in place of the vendor's, or something done to the vendor's own. */
export type Misbehaviour =
  | { readonly kind: 'instead'; readonly answer: Answer }
  | { readonly kind: 'cut' | 'stored-no-answer' | 'cut-body' | 'hang' }
  | { readonly kind: 'slow'; readonly ms: number }
  | { readonly kind: 'shaped' };

const COMMON = { requests: 30, windowSeconds: 1, concurrent: 15 };

/** What the text of a 429 names: raw events have their own limit, the others the table's. */
function declaredFor(endpoint: Endpoint): Limit {
  return endpoint === 'project-events' ? (DECLARED_LIMITS[endpoint] ?? COMMON) : COMMON;
}

export function misbehaviour(state: State, fault: Fault, vendor: Vendor, endpoint: Endpoint): Misbehaviour {
  const { kind } = fault;
  if (kind === 'cut' || kind === 'stored-no-answer' || kind === 'cut-body' || kind === 'hang') return { kind };
  if (kind === 'slow') return { kind, ms: fault.ms ?? 1000 };
  if (kind === 'partial-refusal') return { kind: 'shaped' };
  return { kind: 'instead', answer: insteadOf(state, fault, vendor, endpoint) };
}

function insteadOf(state: State, fault: Fault, vendor: Vendor, endpoint: Endpoint): Answer {
  if (fault.kind === '429-rate') return rateAnswer(state, fault, vendor, endpoint);
  if (fault.kind === '429-concurrency') return concurrencyAnswer(state, vendor, endpoint);
  if (fault.kind === 'query-timeout') return queryTimeout();
  if (fault.kind === 'gateway') return gatewayAnswer(fault);
  if (fault.kind === 'garbage') return garbageAnswer(fault);
  if (fault.kind === 'redirect')
    return bare(302, '', { location: fault.location ?? 'http://elsewhere.example.com/login/' });
  if (fault.kind === 'empty') return bare(200, '', { 'content-type': 'application/json' });
  if (fault.kind === 'html') return bare(200, fault.body ?? PAGE, { 'content-type': 'text/html; charset=utf-8' });
  return bare(fault.status ?? 500, fault.body ?? '', {
    'content-type': fault.contentType ?? 'application/json',
    ...fault.headers,
  });
}

const PAGE = '<!DOCTYPE html>\n<html><head><title>Sign in</title></head><body><h1>Sign in</h1></body></html>\n';

function rateAnswer(state: State, fault: Fault, vendor: Vendor, endpoint: Endpoint): Answer {
  if (vendor === 'anodot') return whole(state, fault.status ?? 200, 2003, 'Metrics per seconds limit reached');
  if (endpoint === 'nr-metrics')
    return bare(429, 'rate quota exceeded', {
      'content-type': 'text/plain',
      'retry-after': String(fault.seconds ?? 7),
    });
  if (vendor === 'newrelic') return plain(429, 'rate limited');
  const ofMessages = RATE_LIMITED[vendor];
  if (ofMessages !== undefined) return ofMessages(fault.seconds);
  const reset = Math.floor(state.clock.now() / 1000) + (fault.seconds ?? 1);
  const declared = declaredFor(endpoint);
  return tooMany(
    rateText(declared.requests, declared.windowSeconds),
    limitHeaders(declared, 0, reset, declared.concurrent - 1),
  );
}

/** How those that take messages say that it was too much; after so many seconds they take more. */
const RATE_LIMITED: Readonly<Partial<Record<Vendor, (seconds: number | undefined) => Answer>>> = {
  webhook: (seconds = 30) => bare(429, '', { 'retry-after': String(seconds) }),
  slack: (seconds = 30) => json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(seconds) }),
  telegram: (seconds = 30) => tooManyForBot(seconds),
  pagerduty: () => bare(429, 'rate limited'),
  teams: (seconds = 30) => bare(429, '', { 'retry-after': String(seconds) }),
  discord: rateLimited,
};

function concurrencyAnswer(state: State, vendor: Vendor, endpoint: Endpoint): Answer {
  if (vendor === 'anodot') return whole(state, 200, 2002, 'Too many concurrent requests');
  if (vendor === 'newrelic') return plain(429, 'rate limited');
  const reset = Math.floor(state.clock.now() / 1000) + 1;
  const declared = declaredFor(endpoint);
  return tooMany(concurrencyText(declared.concurrent), limitHeaders(declared, declared.requests - 1, reset, 0));
}

function gatewayAnswer(fault: Fault): Answer {
  const status = fault.status ?? 502;
  if (fault.variant === 'json') {
    return json(status, { error: 'apigateway', detail: 'Downstream service temporarily unavailable' });
  }
  return bare(
    status,
    `<html><head><title>${String(status)}</title></head><body><h1>${String(status)}</h1></body></html>\n`,
    { 'content-type': 'text/html' },
  );
}

const GARBAGE: Readonly<Record<string, string>> = {
  'broken-json': '{"data": [{"count()": 1',
  array: '[]',
  object: '{"unexpected": true}',
  null: 'null',
  'data-null': '{"data": null, "meta": null}',
  number: '42',
};

function garbageAnswer(fault: Fault): Answer {
  const body = fault.body ?? GARBAGE[fault.variant ?? 'broken-json'] ?? '?';
  return bare(200, body, { 'content-type': 'application/json' });
}
