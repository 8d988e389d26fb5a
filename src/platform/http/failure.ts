import type { Redact } from '../redact.ts';
import { AddressRefused } from './guarded-lookup.ts';
import type { Answered } from './request.ts';
import { waitOf } from './retry-after.ts';
import { isTransient, mayRepeatAnswered, mayRepeatUnanswered, type Retry } from './retry-policy.ts';

/** What of a request tells its failures apart. */
interface Asked {
  readonly service: string;
  readonly timeoutMs: number;
  readonly repeatSafe: boolean;
  readonly scope: { readonly signal: AbortSignal };
  readonly temporary?: ((status: number, text: string) => boolean) | undefined;
  readonly urlVariable?: string | undefined;
  readonly maxBytes?: number | undefined;
  readonly advice?: ((answer: Answered) => string | undefined) | undefined;
}

/** What one try came to, when it was not a 2xx answer. */
export interface Failure extends Retry {
  readonly message: string;
  readonly status?: number | undefined;
  readonly detail?: string | undefined;
  /** Another run may have better luck. */
  readonly retryable: boolean;
  /** Nor is it ours to mend. */
  readonly passes?: true;
  readonly maybeStored?: boolean;
  readonly aborted?: boolean;
  readonly answerTooLarge?: boolean;
}

/** The HTTP client keeps the error of a lookup as the cause of its own. */
function refusedAddress(error: unknown): string | undefined {
  if (error instanceof AddressRefused) return error.message;
  return error instanceof Error && error.cause !== undefined ? refusedAddress(error.cause) : undefined;
}

/** `sent`: anything of the request can have gone out. */
type Cause = { readonly sent: boolean; readonly redact: Redact } & (
  { readonly answer: Answered } | { readonly error: unknown; readonly timedOut: boolean }
);

/** Socket errors before anything of the request went out. */
const NOT_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EADDRNOTAVAIL',
]);
/** Of the resolver: what its codes mean. */
const HOST: Readonly<Record<string, string>> = {
  ENOTFOUND: ', there is no such host',
  EAI_AGAIN: ', the name server does not answer',
};
/** Of OpenSSL, of its verification, and of Node. */
export const TLS_TROUBLE = new RegExp(
  '^UNABLE_TO_|^EPROTO$|CERT|TLS|SSL|ISSUER|SELF_SIGNED|' +
    '^(HOSTNAME_MISMATCH|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED)$',
);
const DETAIL_CHARS = 200;
/** What is said of an answer that is one, in place of its words. */
export const WEB_PAGE = 'a web page';

export function failureOf(request: Asked, cause: Cause): Failure {
  if ('error' in cause) return ofError(request, cause);
  return cause.sent ? ofAnswer(request, cause.answer, cause.redact) : ofProxy(request, cause.answer);
}

function ofAnswer(request: Asked, answer: Answered, redact: Redact): Failure {
  const { status, headers, text } = answer;
  const detail = shortWords(text, redact);
  const temporary = request.temporary?.(status, text) ?? false;
  const retryable = temporary || isTransient(status);
  const limited = status === 429;
  return {
    message: `${request.service}: answered ${status}${words(request, answer, detail)}`,
    status,
    detail,
    retryable,
    ...(status === 501 ? { passes: true as const } : {}),
    repeat: retryable && (temporary || mayRepeatAnswered(status, request.repeatSafe)),
    limited,
    waitMs: retryable ? waitOf({ headers, detail, limited }) : undefined,
    maybeStored: status === 502 || status === 504,
  };
}

/** The answer is larger than what is read of one. The same question has the same answer, so it is not asked again. */
export function tooLarge(request: Asked, status: number): Failure {
  const { service, maxBytes } = request;
  const hint = `ask for less, or check ${urlSetting(request)} and what stands between`;
  const most = maxBytes === undefined ? '32 MB' : `${maxBytes / 1024} KiB`;
  const message = `${service}: its answer is larger than ${most}, so it was not read; ${hint}`;
  return { message, status, retryable: false, maybeStored: true, answerTooLarge: true };
}

/** What follows the status: the service's own words, and ours where something can be done. */
function words(request: Asked, answer: Answered, detail: string): string {
  const { status } = answer;
  const theirs = detail === '' ? '' : `: ${detail}`;
  const advice = request.advice?.(answer);
  if (status >= 300 && status < 400)
    return `, a redirect, which is not followed; ${advice ?? `check ${urlSetting(request)}`}${theirs}`;
  const ours = advice ?? (status === 401 || status === 403 ? 'check its key or token and what it may do' : undefined);
  return ours === undefined ? theirs : `${theirs.replace(/\.$/, '')}; ${ours}`;
}

function urlSetting({ urlVariable }: Pick<Asked, 'urlVariable'>): string {
  return urlVariable ?? 'the URL setting';
}

/** An answer to a request that was not sent: a proxy did not connect us. */
function ofProxy({ service }: Asked, { status, headers }: Answered): Failure {
  const retryable = isTransient(status);
  const waitMs = retryable ? waitOf({ headers, detail: '', limited: false }) : undefined;
  const hint = 'check HTTPS_PROXY and what the proxy lets through';
  const message = `${service}: cannot connect, the proxy answered ${status}; ${hint}`;
  return { message, retryable, repeat: retryable, waitMs };
}

function ofError(request: Asked, { error, timedOut, sent }: Extract<Cause, { error: unknown }>): Failure {
  const { service, scope, timeoutMs, repeatSafe } = request;
  const what = `${service}: no ${sent ? 'answer' : 'connection'}`;
  const repeat = mayRepeatUnanswered(sent, repeatSafe);
  if (scope.signal.aborted) {
    const message = `${what} before ${overtime(scope.signal) ?? 'the run ended'}`;
    return { message, retryable: true, maybeStored: sent, aborted: true };
  }
  if (timedOut) return { message: `${what} within ${timeoutMs / 1000} s`, retryable: true, repeat, maybeStored: sent };
  const refused = refusedAddress(error);
  if (refused !== undefined) return { message: `${service}: not asked, ${refused}`, retryable: false };
  const code = codeOf(error);
  if (TLS_TROUBLE.test(code)) {
    const hint = `check ${urlSetting(request)}, the certificates and NODE_EXTRA_CA_CERTS`;
    const message = `${service}: no trusted TLS connection (${code}); ${hint}`;
    return { message, retryable: false, passes: true, maybeStored: sent && !repeatSafe };
  }
  if (!sent || NOT_CONNECTED.has(code)) {
    const hint = `check ${urlSetting(request)} and the network`;
    const message = `${service}: cannot connect (${code}${HOST[code] ?? ''}); ${hint}`;
    return { message, retryable: true, repeat: true };
  }
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

/** What an answer says, for a message: on one line, without secrets, not too long. */
export function shortWords(text: string, redact: Redact): string {
  return shorten(redact(detailOf(text)));
}

/** The service's own words: `detail`, `detail.message`, else the start of the text unless it is a page. */
function detailOf(text: string): string {
  const said = fromJson(text) ?? (text.trimStart().startsWith('<') ? WEB_PAGE : text);
  return said.replace(/[\p{Cc}\s]+/gu, ' ').trim();
}

/** NOTE: only what was redacted: half a secret is not found any more. */
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
