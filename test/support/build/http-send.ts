import type { UpstreamError } from '../../../src/core/model/errors.ts';
import type { Repeat } from '../../../src/core/ports/scope.ts';
import { createHttp, type HttpRequest } from '../../../src/platform/http/client.ts';
import { createClock, NOW } from '../time/clock.ts';
import { type Answer, mock, type Reply } from './http-mock.ts';
import { type LogLine, scopeOf } from './scope.ts';

export const SERVICE_URL = 'https://svc.example/things/';
/** What the requests carry, and no error may. */
export const SECRET = 'k3y/with+signs=="quoted"';

/** What became of a request, and what it waited for. */
export interface Sent {
  readonly slept: readonly number[];
  readonly lines: readonly LogLine[];
  readonly waits: readonly number[];
  readonly repeats: readonly Repeat[];
  readonly error: UpstreamError | null;
}

/** One request to a service that gives these replies, in order. */
export async function send(
  replies: readonly Reply[],
  given: Partial<HttpRequest> & { deadline?: number; random?: number } = {},
): Promise<Sent> {
  const { deadline = NOW + 3_600_000, random = 0, ...more } = given;
  mock({ url: SERVICE_URL }, ...replies);
  const clock = createClock();
  const scope = scopeOf({ deadline });
  const waits: number[] = [];
  const http = createHttp({ now: clock.now, sleep: clock.sleep, random: () => random, userAgent: 'x/1' });
  const request: HttpRequest = {
    service: 'svc',
    method: 'GET',
    url: SERVICE_URL,
    headers: {},
    timeoutMs: 7000,
    repeatSafe: true,
    secrets: [SECRET],
    scope,
    onWait: (ms) => waits.push(ms),
    ...more,
  };
  const error = await http(request).then(
    () => null,
    (thrown: unknown) => thrown as UpstreamError,
  );
  return { slept: clock.slept, lines: scope.log.lines, repeats: scope.repeats, waits, error };
}

export const OK: Answer = { body: 'ok' };

export function busy(headers: Record<string, string>, status = 429, body: unknown = ''): Answer {
  return { status, body, headers };
}
