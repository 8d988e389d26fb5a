import pRetry from 'p-retry';
import { UpstreamError } from '../../core/model/errors.ts';
import { attempt } from './attempt.ts';
import type { Failure } from './failure.ts';
import type { Http, HttpDeps, HttpRequest } from './request.ts';
import { LIMITED_TRIES, nextWait, TRIES, type Tries } from './retry-policy.ts';

export type { Answered, Http, HttpAnswer, HttpDeps, HttpRequest, HttpWatch } from './request.ts';

export function createHttp(deps: HttpDeps): Http {
  return async (request) => {
    const tries: Tries = { failures: 0, limited: 0, maybeStored: false };
    const once = async () => {
      const result = await attempt(request, deps, tries);
      if ('text' in result) return result;
      if (result.maybeStored === true) tries.maybeStored = true;
      throw new FailedTry(request.service, result);
    };
    return pRetry(once, {
      retries: TRIES + LIMITED_TRIES,
      minTimeout: 0,
      shouldRetry: ({ error }) => waitForNext(error, request, tries, deps),
    }).catch((error: unknown) => {
      throw error instanceof FailedTry ? error.upstream(tries.maybeStored) : error;
    });
  };
}

/** A failed try, before it is known whether there will be another. */
class FailedTry extends Error {
  readonly failure: Failure;
  readonly service: string;

  constructor(service: string, failure: Failure) {
    super(failure.message);
    this.service = service;
    this.failure = failure;
  }

  upstream(maybeStored: boolean): UpstreamError {
    const { message, status, detail, retryable, passes, aborted, answerTooLarge } = this.failure;
    return new UpstreamError(message, {
      service: this.service,
      status,
      detail,
      retryable,
      aborted,
      maybeStored,
      ...(passes === true ? { passes } : {}),
      ...(answerTooLarge === true ? { answerTooLarge } : {}),
    });
  }
}

/** Waits as the policy says; false when there is no next try. */
async function waitForNext(error: unknown, request: HttpRequest, tries: Tries, deps: HttpDeps): Promise<boolean> {
  if (!(error instanceof FailedTry)) return false;
  const { failure } = error;
  const { scope, service } = request;
  const ms = nextWait(failure, tries, request.tries ?? Infinity, deps.random);
  if (ms === null) return false;
  const began = deps.now();
  if (began + ms >= scope.deadline) {
    const due = `the next try was due in ${Math.ceil(ms / 1000)} s, after the run's deadline`;
    throw new FailedTry(service, { ...failure, message: `${failure.message}; ${due}` });
  }
  const about = { service, status: failure.status, waitMs: ms, why: failure.message };
  scope.meter.repeated({ ...about, isFirst: tries.failures + tries.limited === 1 });
  scope.log.debug({ ...about, tries: tries.failures + tries.limited }, 'trying again');
  const slept = await deps.sleep(ms, scope.signal).then(
    () => true,
    () => false,
  );
  if (failure.limited === true) deps.watch?.waited(service, deps.now() - began);
  if (!slept) throw new FailedTry(service, { ...failure, aborted: true });
  return true;
}
