import type { UpstreamError } from '../../core/model/errors.ts';
import { mayPass } from '../../core/model/fault.ts';
import type { SendOutcome } from '../../core/ports/alerting/channel.ts';
import type { Answered } from '../http/client.ts';
import { shortWords } from '../http/failure.ts';
import { parseJson } from '../http/json.ts';
import { waitOf } from '../http/retry-after.ts';
import type { Redact } from '../redact.ts';

/** The receiver does not like what is in it. */
const BAD_TEXT = new Set([400, 413, 422]);

/** A 2xx answer: a login page has one too, and some chats say no in it. */
export function outcomeOfAnswer(service: string, { status, text }: Answered, redact: Redact): SendOutcome {
  if (isPage(text))
    return refused(`${service}: answered ${status} with a web page, so nobody took it; check its address`);
  const words = refusalIn(text);
  if (words === null) return { status: 'accepted' };
  return refused(`${service}: answered ${status}, and says no: ${shortWords(words, redact)}`);
}

export function isPage(text: string): boolean {
  return /^\s*<(!doctype|html)/i.test(text);
}

/** What an answer with a good status says against it; null: nothing. */
function refusalIn(text: string): string | null {
  if (/^(no|not|invalid|unknown|bad)_[a-z_]{1,40}$/.test(text.trim())) return text.trim();
  const body = parseJson(text);
  if (typeof body !== 'object' || body === null) return null;
  const { ok, success, error } = body as { readonly [key: string]: unknown };
  if (ok !== false && success !== false) return null;
  return typeof error === 'string' ? error : text;
}

/** `last`: what was answered, if anything was. */
export function outcomeOfError(error: UpstreamError, last: Answered | undefined, redact: Redact): SendOutcome {
  const { status, maybeStored, answerTooLarge } = error.facts;
  const why = error.message;
  if (status === undefined || last === undefined) {
    if (maybeStored === true) return { status: 'uncertain', why };
    // NOTE: a certificate that ran out is mended by somebody, and people are to hear of what came meanwhile.
    return mayPass(error.facts) ? { status: 'retry', why } : refused(why);
  }
  if (isForLater(status)) return later(why, waitOf({ ...last, detail: shortWords(last.text, redact), limited: false }));
  // NOTE: its status says that somebody took it, and nobody read what it says besides.
  if (answerTooLarge === true && status < 300) return { status: 'uncertain', why };
  return BAD_TEXT.has(status) ? { status: 'refused', why, isText: true } : refused(why);
}

/** A status that may pass. */
function isForLater(status: number): boolean {
  return status >= 500 || [408, 425, 429].includes(status);
}

/** `afterMs`: not before; undefined: whenever. */
export function later(why: string, afterMs: number | undefined): SendOutcome {
  return { status: 'retry', why, ...(afterMs === undefined ? {} : { afterMs }) };
}

export function refused(why: string): SendOutcome {
  return { status: 'refused', why };
}
