import { type Answer, json } from '../http/message.ts';

/** How the Bot API says that it was too much: in the body, and in a header. */
export function tooMany(seconds: number): Answer {
  const description = `Too Many Requests: retry after ${String(seconds)}`;
  const body = { ok: false, error_code: 429, description, parameters: { retry_after: seconds } };
  return json(429, body, { 'retry-after': String(seconds) });
}
