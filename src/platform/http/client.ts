import axios from 'axios';
import pRetry from 'p-retry';
import { UpstreamError } from '../../core/model/errors.ts';
import type { Scope } from '../../core/ports/scope.ts';
import { createRedactor } from '../redact.ts';
import { type Failure, failureOf, overtime } from './failure.ts';
import { UNWATCHED, watchDeparture } from './sent-watch.ts';

/** One request, repeated as the rules below say. */
export interface HttpRequest {
  /** Name of the service, for messages and logs. */
  readonly service: string;
  readonly method: 'GET' | 'POST';
  /** Without the query. */
  readonly url: string;
  /** Repeated names are allowed. */
  readonly params?: readonly (readonly [string, string])[] | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Buffer | undefined;
  /** Whole answer included, ms, per try. */
  readonly timeoutMs: number;
  /** Storing this twice does no harm: then no answer, 502 and 504 are repeated too. */
  readonly repeatSafe: boolean;
  /** Values that may stand in an answer and must not stand in an error. */
  readonly secrets: readonly string[];
  readonly scope: Scope;
  /** Runs each try in a slot of a limited resource; waits between tries hold none. */
  readonly slot?: (<T>(attempt: () => Promise<T>) => Promise<T>) | undefined;
  /** Told of each try that leaves. */
  readonly onTry?: (() => void) | undefined;
  /** Tries in all, at most; undefined: as many as the trouble is worth. */
  readonly tries?: number | undefined;
  /** Told of each answer, of whatever status, while the try still holds its slot. */
  readonly onAnswer?: ((answer: HttpAnswer) => void) | undefined;
  /** Told how long the service asked everybody to wait, ms. */
  readonly onWait?: ((ms: number) => void) | undefined;
  /** A vendor's temporary answer that its status does not show. */
  readonly temporary?: ((status: number, text: string) => boolean) | undefined;
}

/** An answer with a 2xx status. */
export interface HttpAnswer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** Epoch ms by our clock, of the try that was answered. */
  readonly sentAt: number;
  readonly receivedAt: number;
}

/**
 * Sends a request and gives back the 2xx answer; rejects with an UpstreamError for everything else.
 * Redirects are not followed: they would carry our keys elsewhere.
 */
export type Http = (request: HttpRequest) => Promise<HttpAnswer>;

/** Is told what requests cost, by the name of the service. */
export interface HttpWatch {
  /** `status`: null when no answer came; `again`: not the request's first try. */
  tried(service: string, status: number | null, again: boolean): void;
  /** So long a request was held back because the service had said that we ask too often, ms. */
  waited(service: string, ms: number): void;
}

export interface HttpDeps {
  now(): number;
  /** Rejects when the signal aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** [0, 1), for jitter. */
  random(): number;
  /** `product/version` */
  readonly userAgent: string;
  readonly watch?: HttpWatch | undefined;
}

/** Tries in all for trouble that may pass; waits 1, 2, 4 s between them, plus up to a quarter. */
export const TRIES = 4;
/** Tries in all when the service says that we ask too often; without a hint it waits 5, 10, 20, 40 s. */
export const LIMITED_TRIES = 5;
/** Answers above this are cut off: no documented answer comes near it. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;

export function createHttp(deps: HttpDeps): Http {
  return async (request) => {
    const state = { maybeStored: false, failures: 0, limited: 0 };
    return pRetry(() => attempt(request, deps, state), {
      retries: TRIES + LIMITED_TRIES,
      minTimeout: 0,
      shouldRetry: ({ error }) => waitForNext(error, request, deps, state),
    }).catch((error: unknown) => {
      throw error instanceof RetryableError ? error.upstream(state.maybeStored) : error;
    });
  };
}

interface State {
  /** A try so far may have been stored. */
  maybeStored: boolean;
  failures: number;
  limited: number;
}

/** A failed try, before it is known whether there will be another. */
class RetryableError extends Error {
  readonly failure: Failure;
  readonly service: string;

  constructor(service: string, failure: Failure) {
    super(failure.message);
    this.service = service;
    this.failure = failure;
  }

  upstream(maybeStored: boolean): UpstreamError {
    const { message, status, detail, retryable, aborted } = this.failure;
    return new UpstreamError(message, { service: this.service, status, detail, retryable, aborted, maybeStored });
  }
}

async function attempt(request: HttpRequest, deps: HttpDeps, state: State): Promise<HttpAnswer> {
  const slot = request.slot ?? ((run) => run());
  const result = await slot(
    async () => (await forbidden(request)) ?? pause(await once(request, deps, state), request, deps, state),
  ).catch(() => cancelled(request));
  if ('status' in result && 'text' in result) return result;
  if (result.maybeStored) state.maybeStored = true;
  throw new RetryableError(request.service, result);
}

/**
 * Settles how long a limited request waits, and tells everybody.
 * NOTE: while its slot is still held, so that the next request in the queue cannot slip out before the pause.
 */
function pause(
  result: HttpAnswer | Failure,
  { onWait }: HttpRequest,
  deps: HttpDeps,
  state: State,
): HttpAnswer | Failure {
  if ('text' in result || !result.limited) return result;
  const tries = state.limited + 1;
  const waitMs = result.waitMs ?? backoff(tries, 5000, deps.random());
  // What the service asked for holds for everybody, also when this request gives up; our own guess only while it goes on.
  if (result.waitMs !== undefined || tries < LIMITED_TRIES) onWait?.(waitMs);
  return { ...result, waitMs };
}

/** A slot that was never given: the run ended while the request queued, or would before the service may be asked again. */
function cancelled({ service, scope }: HttpRequest): Failure {
  const isEnded = scope.signal.aborted;
  return {
    message: `${service}: not asked, ${isEnded ? (overtime(scope.signal) ?? 'the run had ended') : "its turn would come after the run's deadline"}`,
    retryable: true,
    aborted: isEnded,
  };
}

/** A try that whoever gave the scope does not want any more. */
async function forbidden({ service, scope }: HttpRequest): Promise<Failure | null> {
  const isFree = scope.mayTry === undefined || (await scope.mayTry());
  return isFree
    ? null
    : { message: `${service}: not sent: this server may no longer hold the report`, retryable: true };
}

async function once(request: HttpRequest, deps: HttpDeps, state: State): Promise<HttpAnswer | Failure> {
  if (request.scope.signal.aborted) return cancelled(request);
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const stop = joined([request.scope.signal, timeout]);
  const sentAt = deps.now();
  const departure = request.repeatSafe ? UNWATCHED : watchDeparture(request.url);
  const tell = (status: number | null): void =>
    deps.watch?.tried(request.service, status, state.failures + state.limited > 0);
  request.onTry?.();
  const query =
    request.params === undefined
      ? ''
      : `?${new URLSearchParams(request.params.map(([name, value]): [string, string] => [name, value])).toString()}`;
  try {
    const response = await axios.request<string>({
      method: request.method,
      url: request.url + query,
      headers: { Accept: 'application/json', ...request.headers, 'User-Agent': deps.userAgent },
      data: request.body,
      signal: stop.signal,
      responseType: 'text',
      transformResponse: (text: string) => text,
      maxRedirects: 0,
      maxContentLength: MAX_ANSWER_BYTES,
      maxBodyLength: Infinity,
      validateStatus: () => true,
      ...departure.connection,
    });
    const answer: HttpAnswer = {
      status: response.status,
      headers: plain(response.headers),
      text: response.data ?? '',
      sentAt,
      receivedAt: deps.now(),
    };
    request.onAnswer?.(answer);
    const { method, url, service, scope } = request;
    tell(answer.status);
    // The query is left out: one vendor wants its token there.
    scope.log.debug(
      { service, method, url, status: answer.status, ms: answer.receivedAt - sentAt },
      'request answered',
    );
    if (answer.status >= 200 && answer.status < 300 && departure.left) return answer;
    return failureOf(request, { answer, left: departure.left, redact: createRedactor(request.secrets) });
  } catch (error) {
    tell(null);
    return failureOf(request, {
      error,
      timedOut: timeout.aborted,
      left: departure.left,
      redact: createRedactor(request.secrets),
    });
  } finally {
    stop.part();
  }
}

/**
 * Aborts with the first of them, until they part.
 * NOTE: not AbortSignal.any: what listens to it, here a whole answer, would be kept until the time-out has passed, long after the answer came.
 */
function joined(signals: readonly AbortSignal[]): { readonly signal: AbortSignal; part(): void } {
  const controller = new AbortController();
  const stop = (): void => controller.abort();
  for (const signal of signals) signal.addEventListener('abort', stop, { once: true });
  return {
    signal: controller.signal,
    part: () => {
      for (const signal of signals) signal.removeEventListener('abort', stop);
    },
  };
}

function plain(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Waits as long as the service asked, or by our own table; false when there is no next try. */
async function waitForNext(error: unknown, request: HttpRequest, deps: HttpDeps, state: State): Promise<boolean> {
  if (!(error instanceof RetryableError) || !error.failure.repeat) return false;
  const { failure } = error;
  const tries = failure.limited ? ++state.limited : ++state.failures;
  if (
    tries >= (failure.limited ? LIMITED_TRIES : TRIES) ||
    state.failures + state.limited >= (request.tries ?? Infinity)
  )
    return false;
  const ms = failure.waitMs ?? backoff(tries, 1000, deps.random());
  const { scope } = request;
  if (deps.now() + ms >= scope.deadline) {
    throw new RetryableError(request.service, {
      ...failure,
      message: `${failure.message}; the next try was due in ${Math.ceil(ms / 1000)} s, after the run's deadline`,
    });
  }
  scope.log.warn(
    { service: request.service, status: failure.status, tries, waitMs: ms, why: failure.message },
    'trying again',
  );
  const began = deps.now();
  const slept = await deps.sleep(ms, scope.signal).then(
    () => true,
    () => false,
  );
  if (failure.limited) deps.watch?.waited(request.service, deps.now() - began);
  if (!slept) throw new RetryableError(request.service, { ...failure, aborted: true });
  return true;
}

/** Doubles from the base, plus up to a quarter of jitter. */
function backoff(tries: number, baseMs: number, random: number): number {
  return Math.round(baseMs * 2 ** (tries - 1) * (1 + random / 4));
}
