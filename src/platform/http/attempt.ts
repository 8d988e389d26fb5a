import type { Readable } from 'node:stream';
import axios, { type AxiosRequestConfig } from 'axios';
import { TurnTooLate } from '../../core/model/errors.ts';
import { createRedactor, REDACTED } from '../redact.ts';
import { textOf } from './answer-text.ts';
import { checkLiteral } from './guarded-lookup.ts';
import { joined } from './joined.ts';
import { type Failure, failureOf, overtime, tooLarge } from './failure.ts';
import type { HttpAnswer, HttpDeps, HttpRequest } from './request.ts';
import { limitedWait, type Tries } from './retry-policy.ts';
import { ALWAYS_SENT, type SentWatch, watchSent } from './sent-watch.ts';

/** One try, in its slot: a 2xx answer, or why there is none. */
export async function attempt(request: HttpRequest, deps: HttpDeps, tries: Tries): Promise<HttpAnswer | Failure> {
  const slot = request.slot ?? ((run) => run());
  return slot(async () => {
    const result = (await forbidden(request)) ?? (await once(request, deps, tries));
    // NOTE: while the slot is still held, so that the next request in the queue cannot slip out before the pause.
    return 'text' in result || result.limited !== true ? result : paused(result, request, tries, deps);
  }).catch((error: unknown) => cancelled(request, error));
}

/** Settles how long a limited request waits, and tells everybody. */
function paused(failure: Failure, { onWait }: HttpRequest, tries: Tries, deps: HttpDeps): Failure {
  if (failure.waitMs !== undefined) {
    // What the service asked for holds for everybody, also when this request gives up.
    onWait?.(failure.waitMs);
    return failure;
  }
  const { ms, isLast } = limitedWait(tries, deps.random());
  if (!isLast) onWait?.(ms);
  return { ...failure, waitMs: ms };
}

/** No slot was given: the run ended while the request queued, or would before the service may be asked again. */
function cancelled({ service, scope }: HttpRequest, error?: unknown): Failure {
  const aborted = scope.signal.aborted;
  const ended = overtime(scope.signal) ?? 'the run had ended';
  const reason = error instanceof TurnTooLate ? ` (${error.message})` : '';
  const why = aborted ? ended : `its turn would come after the run's deadline${reason}`;
  return { message: `${service}: not asked, ${why}`, retryable: true, aborted };
}

/** A try that whoever gave the scope does not want any more; null: it is wanted. */
async function forbidden({ service, scope }: HttpRequest): Promise<Failure | null> {
  if (scope.mayTry === undefined || (await scope.mayTry())) return null;
  return { message: `${service}: not sent: this server may no longer hold the report`, retryable: true };
}

async function once(request: HttpRequest, deps: HttpDeps, tries: Tries): Promise<HttpAnswer | Failure> {
  if (request.scope.signal.aborted) return cancelled(request);
  const timeout = AbortSignal.timeout(request.timeoutMs);
  const stop = joined([request.scope.signal, timeout]);
  const watch = request.repeatSafe ? ALWAYS_SENT : watchSent(request.url, request.guard);
  const again = tries.failures + tries.limited > 0;
  const sentAt = deps.now();
  request.onTry?.();
  try {
    if (request.guard !== undefined) checkLiteral(request.url, request.guard);
    const {
      status,
      headers: theirs,
      data,
    } = await axios.request<Readable>(configOf(request, deps.userAgent, watch, stop.signal));
    const headers = plain(theirs);
    const text = await textOf(data, headers['content-length'], request.maxBytes, request.isBinary);
    const answer = { status, headers, text: text ?? '', sentAt, receivedAt: deps.now() };
    request.onAnswer?.(answer);
    deps.watch?.tried(request.service, status, again);
    logAnswer(request, answer);
    if (text === null && watch.sent) return tooLarge(request, status);
    if (status >= 200 && status < 300 && watch.sent) return answer;
    return failureOf(request, { answer, sent: watch.sent, redact: createRedactor(request.secrets) });
  } catch (error) {
    deps.watch?.tried(request.service, null, again);
    const redact = createRedactor(request.secrets);
    return failureOf(request, { error, timedOut: timeout.aborted, sent: watch.sent, redact });
  } finally {
    stop.part();
  }
}

function configOf(
  { method, url, params, headers, body }: HttpRequest,
  userAgent: string,
  { connection }: SentWatch,
  signal: AbortSignal,
): AxiosRequestConfig {
  const pairs = params?.map(([name, value]): [string, string] => [name, value]);
  return {
    method,
    url: pairs === undefined ? url : `${url}?${new URLSearchParams(pairs).toString()}`,
    headers: { Accept: 'application/json', ...headers, 'User-Agent': userAgent },
    data: body,
    signal,
    responseType: 'stream',
    maxRedirects: 0,
    maxBodyLength: Infinity,
    validateStatus: () => true,
    ...connection,
  };
}

/** The query is left out: one vendor wants its token there. */
function logAnswer(request: HttpRequest, { status, sentAt, receivedAt }: HttpAnswer): void {
  const { service, method, scope } = request;
  const url = request.isSecretUrl === true ? `${new URL(request.url).origin}/${REDACTED}` : request.url;
  scope.log.debug({ service, method, url, status, ms: receivedAt - sentAt }, 'request answered');
}

function plain(headers: object): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}
