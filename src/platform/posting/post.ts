import { UpstreamError } from '../../core/model/errors.ts';
import type { SendOutcome } from '../../core/ports/alerting/channel.ts';
import type { Answered, Http, HttpRequest } from '../http/client.ts';
import { createRedactor, type Redact } from '../redact.ts';
import { outcomeOfAnswer, outcomeOfError } from './outcome.ts';

const TIMEOUT_MS = 30_000;
/** Receivers say little; the longest answers repeat the message. */
const MOST_BYTES = 1024 * 1024;

/** One try of a message, which is one request. */
export interface Posting extends Pick<HttpRequest, 'service' | 'url' | 'scope' | 'guard' | 'urlVariable' | 'advice'> {
  /** Default: POST. */
  readonly method?: HttpRequest['method'];
  /** Besides that the body is JSON. */
  readonly headers?: HttpRequest['headers'];
  /** Already in its form, or what is to be written as JSON. Absent: there is none. */
  readonly body?: Buffer | object;
  /** Values that may stand in an answer and must not be seen. */
  readonly secrets: readonly string[];
  /** A good status; undefined: taken, unless it is a web page or says no. */
  taken?(answer: Answered, why: (text: string) => string): SendOutcome | undefined;
  /** Another status, with what is said of it; undefined: as usual. */
  judged?(answer: Answered, why: string): SendOutcome | undefined;
}

export interface PostDeps {
  readonly http: Http;
  readonly redact: Redact;
}

/**
 * Posts a message to an address that is secret. Never rejects for what a vendor does: 408, 425, 429 and 5xx mean later,
 * 400, 413 and 422 that it cannot read the text, any other status a refusal.
 * NOTE: never repeated by the client: who repeats is the outbox, which remembers.
 */
export async function postMessage(posting: Posting, { http, redact }: PostDeps): Promise<SendOutcome> {
  const { service, method = 'POST', headers, body, secrets, taken, judged, ...request } = posting;
  const hide = createRedactor(secrets);
  const discreet = (text: string): string => hide(redact(text));
  let last: Answered | undefined;
  try {
    const answer = await http({
      ...request,
      service,
      method,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: Buffer.isBuffer(body) ? body : Buffer.from(JSON.stringify(body)) }),
      secrets,
      isSecretUrl: true,
      timeoutMs: TIMEOUT_MS,
      maxBytes: MOST_BYTES,
      tries: 1,
      repeatSafe: false,
      onAnswer: (it) => void (last = it),
    });
    const why = (text: string): string => `${service}: ${discreet(text)}`;
    return taken?.(answer, why) ?? outcomeOfAnswer(service, answer, discreet);
  } catch (error) {
    if (!(error instanceof UpstreamError)) throw error;
    const own = last === undefined ? undefined : judged?.(last, error.message);
    return own ?? outcomeOfError(error, last, discreet);
  }
}
