import { UpstreamError } from '../../../core/model/errors.ts';
import type { SendOutcome } from '../../../core/ports/alerting/channel.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { shortWords } from '../../../platform/http/failure.ts';
import { parseJson } from '../../../platform/http/json.ts';
import type { Redact } from '../../../platform/redact.ts';
import { waitOf } from '../../../platform/http/retry-after.ts';

/** The receiver does not like what is in it. */
const BAD_TEXT = new Set([400, 413, 422]);

/** A 2xx answer: a login page has one too, and some chats say no in it. */
export function outcomeOfAnswer(service: string, { status, text }: Answered, redact: Redact): SendOutcome {
  if (/^\s*<(!doctype|html)/i.test(text))
    return refused(`${service}: answered ${status} with a web page, so nobody took it; check its address`);
  const words = refusalIn(text);
  if (words === null) return { status: 'accepted' };
  return refused(`${service}: answered ${status}, and says no: ${shortWords(words, redact)}`);
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
export function outcomeOfError(error: unknown, last: Answered | undefined, redact: Redact): SendOutcome {
  if (!(error instanceof UpstreamError)) throw error;
  const { status, maybeStored, retryable } = error.facts;
  const why = error.message;
  if (status === undefined || last === undefined) {
    if (maybeStored === true) return { status: 'uncertain', why };
    return retryable ? { status: 'retry', why } : refused(why);
  }
  if (status >= 500 || [408, 425, 429].includes(status)) {
    const { headers } = last;
    const afterMs = waitOf({ headers, detail: shortWords(last.text, redact), limited: false });
    return { status: 'retry', why, ...(afterMs === undefined ? {} : { afterMs }) };
  }
  return BAD_TEXT.has(status) ? { status: 'refused', why, isText: true } : refused(why);
}

function refused(why: string): SendOutcome {
  return { status: 'refused', why };
}
