import type { Scope } from '../../../core/ports/scope.ts';
import type { Http } from '../../../platform/http/client.ts';
import type { Redact } from '../../../platform/redact.ts';

/** Name for logs and metrics. */
export const DEAD_MANS_SWITCH = 'dead-mans-switch';
export const VARIABLE = 'HEARTBEAT_URL';
/** For one try, ms; there are two. The run has long gone on. */
const TIMEOUT_MS = 5_000;

export interface SwitchDeps {
  readonly http: Http;
  readonly redact: Redact;
}

/** What is asked of a switch. */
interface Question {
  /** As it was given; a secret as a whole. */
  readonly url: URL;
  readonly path: string;
  readonly params?: readonly (readonly [string, string])[];
  /** For people who look there. Absent: nothing. */
  readonly text?: string | undefined;
}

/** One request to it; rejects with an UpstreamError when it was not answered well. */
export function askSwitch({ url, path, params = [], text }: Question, http: Http, scope: Scope): ReturnType<Http> {
  return http({
    service: DEAD_MANS_SWITCH,
    method: text === undefined ? 'GET' : 'POST',
    url: url.origin + path,
    isSecretUrl: true,
    urlVariable: VARIABLE,
    params,
    headers: text === undefined ? {} : { 'Content-Type': 'text/plain; charset=utf-8' },
    ...(text === undefined ? {} : { body: Buffer.from(text) }),
    timeoutMs: TIMEOUT_MS,
    tries: 2,
    repeatSafe: true,
    secrets: [url.href],
    scope,
  });
}
