import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';

/** What Amazon's client throws. */
export interface SesTrouble {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

const MOST_WORDS = 300;
const MUCH_LATER_MS = 60 * 60_000;

const THROTTLED = /^(TooManyRequestsException|Throttling(Exception)?)$/;
/** Nothing was sent. */
const NOT_CONNECTED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** NOTE: its client does not tell a request that went out from one that did not: what is unclear may be taken. */
export function outcomeOfSes(error: SesTrouble, say: (text: string) => string): SendOutcome {
  const { name = 'unknown error', message = '', $metadata } = error;
  const status = $metadata?.httpStatusCode;
  const why = say(`${name}: ${message}`).replace(/\s+/g, ' ').slice(0, MOST_WORDS).toWellFormed();
  if (status === undefined) return unanswered(error, why, say);
  if (THROTTLED.test(name) || status === 429)
    return { status: 'retry', why, ...(/quota|daily/i.test(message) ? { afterMs: MUCH_LATER_MS } : {}) };
  if (name === 'LimitExceededException') return { status: 'retry', why, afterMs: MUCH_LATER_MS };
  if (status >= 500 || status === 408) return { status: 'retry', why };
  return { status: 'refused', why: `${why}; check MAIL_FROM, and what AWS_… let it do` };
}

function unanswered(
  { name = '', code, message = '' }: SesTrouble,
  why: string,
  say: (text: string) => string,
): SendOutcome {
  if (code !== undefined && NOT_CONNECTED.has(code)) return { status: 'retry', why: say(`cannot connect (${code})`) };
  const isSetUp = /Credentials|Token(Provider)?Error|Config/i.test(name) || /region is missing/i.test(message);
  if (isSetUp) return { status: 'refused', why: `${why}; set AWS_REGION and the keys as Amazon's own tools have them` };
  return { status: 'uncertain', why };
}
