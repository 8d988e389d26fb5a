import type { Redact } from '../redact.ts';

/** What of a request tells its failures apart. */
interface Asked {
  readonly service: string;
  readonly timeoutMs: number;
  readonly repeatSafe: boolean;
  readonly scope: { readonly signal: AbortSignal };
  readonly temporary?: ((status: number, text: string) => boolean) | undefined;
}

interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** What one try came to, when it was not a 2xx answer. */
export interface Failure {
  readonly message: string;
  readonly status?: number | undefined;
  readonly detail?: string | undefined;
  /** Trying again later may help. */
  readonly retryable: boolean;
  /** This very request may be repeated now. */
  readonly repeat?: boolean;
  /** We asked too often. */
  readonly limited?: boolean;
  /** How long the service asked us to wait, ms. */
  readonly waitMs?: number | undefined;
  readonly maybeStored?: boolean;
  readonly aborted?: boolean;
}

/** `left`: anything of the request can have gone out. */
type Cause = { readonly left: boolean; readonly redact: Redact } & (
  { readonly answer: Answered } | { readonly error: unknown; readonly timedOut: boolean }
);

/** Statuses that may pass. */
const TRANSIENT = new Set([408, 425, 429, 500, 502, 503, 504]);
/** Of those, the ones after which a request that must not be stored twice may be sent again; 500 by our decision. */
const NOT_STORED = new Set([408, 425, 429, 500, 503]);
/** Socket errors before anything of the request went out. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
/** Of OpenSSL, of its verification, and of Node. */
const TLS_TROUBLE =
  /^UNABLE_TO_|^EPROTO$|CERT|TLS|SSL|ISSUER|SELF_SIGNED|^(HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$/;
const DETAIL_CHARS = 200;

export function failureOf(request: Asked, cause: Cause): Failure {
  if ('error' in cause) return ofError(request, cause);
  return cause.left ? ofAnswer(request, cause.answer, cause.redact) : ofProxy(request, cause.answer);
}

function ofAnswer(request: Asked, answer: Answered, redact: Redact): Failure {
  const { status, headers, text } = answer;
  const detail = shorten(redact(detailOf(text)));
  const temporary = request.temporary?.(status, text) ?? false;
  const retryable = temporary || TRANSIENT.has(status);
  const limited = status === 429;
  return {
    message: `${request.service}: answered ${status}${words(status, detail)}`,
    status,
    detail,
    retryable,
    repeat: retryable && (request.repeatSafe || temporary || NOT_STORED.has(status)),
    limited,
    waitMs: retryable ? waitOf(headers, detail, limited) : undefined,
    maybeStored: status === 502 || status === 504,
  };
}

/** What follows the status: the service's own words, and ours where something can be done. */
function words(status: number, detail: string): string {
  const theirs = detail === '' ? '' : `: ${detail}`;
  if (status >= 300 && status < 400) return `, a redirect, which is not followed; check the URL setting${theirs}`;
  if (status === 401 || status === 403)
    return `${theirs.replace(/\.$/, '')}; check its key or token and what it may do`;
  return theirs;
}

/** An answer to a request that did not leave: a proxy did not connect us. */
function ofProxy({ service }: Asked, { status, headers }: Answered): Failure {
  const retryable = TRANSIENT.has(status);
  const waitMs = retryable ? waitOf(headers, '', false) : undefined;
  return {
    message: `${service}: cannot connect, the proxy answered ${status}; check HTTPS_PROXY and what the proxy lets through`,
    retryable,
    repeat: retryable,
    waitMs,
  };
}

function ofError(request: Asked, { error, timedOut, left }: Extract<Cause, { error: unknown }>): Failure {
  const { service, scope, timeoutMs } = request;
  const repeat = request.repeatSafe || !left;
  if (scope.signal.aborted)
    return {
      message: `${service}: no ${left ? 'answer' : 'connection'} before ${overtime(scope.signal) ?? 'the run ended'}`,
      retryable: true,
      maybeStored: left,
      aborted: true,
    };
  if (timedOut)
    return {
      message: `${service}: no ${left ? 'answer' : 'connection'} within ${timeoutMs / 1000} s`,
      retryable: true,
      repeat,
      maybeStored: left,
    };
  const code = codeOf(error);
  if (TLS_TROUBLE.test(code))
    return {
      message: `${service}: no trusted TLS connection (${code}); check the URL setting, the certificates and NODE_EXTRA_CA_CERTS`,
      retryable: false,
      maybeStored: left && !request.repeatSafe,
    };
  if (!left || NOT_CONNECTED.has(code))
    return {
      message: `${service}: cannot connect (${code}); check the URL setting and the network`,
      retryable: true,
      repeat: true,
    };
  return { message: `${service}: the connection broke (${code})`, retryable: true, repeat, maybeStored: true };
}

/** In words, when a scope ended because of a time of its own; null: it was the run's end. */
export function overtime({ reason }: AbortSignal): string | null {
  return reason instanceof DOMException && reason.name === 'TimeoutError'
    ? `its time was over: ${reason.message}`
    : null;
}

// NOTE: only the code is taken: the client's message and config may hold keys.
function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' && /^[A-Z0-9_]+$/.test(code) ? code : 'unknown error';
}

/** The service's own words: `detail`, `detail.message`, else the start of the text unless it is a page. */
function detailOf(text: string): string {
  const said = fromJson(text) ?? (text.trimStart().startsWith('<') ? 'a web page' : text);
  return said.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** NOTE: after masking: the first half of a secret is not masked. */
function shorten(text: string): string {
  return text.slice(0, DETAIL_CHARS).toWellFormed();
}

function fromJson(text: string): string | undefined {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    if (typeof detail === 'string') return detail;
    const message = (detail as { message?: unknown } | null | undefined)?.message;
    return typeof message === 'string' ? message : undefined;
  } catch {
    return undefined;
  }
}

/**
 * How long the service asks us to wait, ms. `Retry-After` in seconds or as a date; Sentry's reset header is
 * Unix seconds by its own clock, so it is compared with its own `Date` (SA §8.1); a concurrency limit says
 * nothing and passes within a second or two (SA §8.2).
 */
function waitOf(headers: Readonly<Record<string, string>>, detail: string, limited: boolean): number | undefined {
  const theirNow = Date.parse(headers['date'] ?? '');
  const after = headers['retry-after'];
  if (after !== undefined && /^\d+$/.test(after)) return Number(after) * 1000;
  if (after !== undefined && !Number.isNaN(Date.parse(after) - theirNow))
    return Math.max(0, Date.parse(after) - theirNow);
  if (!limited) return undefined;
  if (/concurren/i.test(detail)) return 1500;
  const reset = Number(headers['x-sentry-rate-limit-reset'] ?? Number.NaN) * 1000;
  // A second more: both headers are cut to whole seconds.
  return Number.isNaN(reset - theirNow) ? undefined : Math.max(0, reset - theirNow) + 1000;
}
