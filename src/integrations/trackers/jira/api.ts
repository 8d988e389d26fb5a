import { UpstreamError } from '../../../core/model/errors.ts';
import { mayPass } from '../../../core/model/fault.ts';
import type { Scope } from '../../../core/ports/scope.ts';
import type { Tracked, TrackerFault } from '../../../core/ports/tickets/tracker.ts';
import type { Answered } from '../../../platform/http/client.ts';
import { parseJson } from '../../../platform/http/json.ts';
import { waitOf } from '../../../platform/http/retry-after.ts';
import { isPage } from '../../../platform/posting/outcome.ts';
import type { Deps } from '../../plugin.ts';
import { guardOf } from '../../../platform/http/addresses.ts';
import type { Form } from './form.ts';
import { fieldsIn, wordsIn } from './refusals.ts';
import type { Settings } from '../../vendors/jira/settings.ts';

const TIMEOUT_MS = 30_000;

export interface Call {
  readonly method: 'GET' | 'POST';
  /** Below the address of the API, without its query. */
  readonly path: string;
  readonly params?: readonly (readonly [string, string])[];
  readonly body?: object;
  /** It changes something: what was cut off may have been done. */
  readonly isChange: boolean;
}

export type Json = Readonly<Record<string, unknown>>;

/** One request of Jira; an answer is an object, also an empty one. */
export type Ask = (
  call: Call,
  scope: Scope,
) => Promise<Tracked<Json> | { readonly status: 'missing'; readonly why: string }>;

export function createApi({ url, key }: Settings, form: Form, deps: Deps, service: string): Ask {
  const guard = guardOf(deps.privateHosts);
  const secrets = [key, form.login.split(' ')[1]!];
  return async ({ method, path, params = [], body, isChange }, scope) => {
    let last: Answered | undefined;
    try {
      const answer = await deps.http({
        ...{ service, method, scope, secrets, guard, urlVariable: `${service}.url`, timeoutMs: TIMEOUT_MS },
        ...{ tries: 1, repeatSafe: false, url: `${url}${form.api}/${path}`, params },
        headers: {
          Authorization: form.login,
          Accept: 'application/json',
          // Without it Data Center takes some posts for forged ones of a browser.
          'X-Atlassian-Token': 'no-check',
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        ...(body === undefined ? {} : { body: Buffer.from(JSON.stringify(body)) }),
        onAnswer: (it) => void (last = it),
      });
      return answered(service, answer, isChange);
    } catch (error) {
      if (!(error instanceof UpstreamError)) throw error;
      return last?.status === 404
        ? { status: 'missing', why: error.message }
        : faultOf(error, last, { service, isChange, redact: deps.redact });
    }
  };
}

function answered(service: string, { status, text }: Answered, isChange: boolean): Tracked<Json> {
  if (text.trim() === '') return { status: 'done', value: {} };
  const json = parseJson(text);
  if (typeof json === 'object' && json !== null) return { status: 'done', value: json as Json };
  const what = isPage(text) ? 'with a web page' : 'with what is no JSON';
  const why = `${service}: answered ${status} ${what}; check ${service}.url, and what stands before Jira`;
  // NOTE: a login page has a good status, and nothing was done.
  return isChange && !isPage(text) ? { status: 'uncertain', why } : { status: 'refused', why, fields: {} };
}

interface Around {
  readonly service: string;
  readonly isChange: boolean;
  readonly redact: Deps['redact'];
}

function faultOf(
  error: UpstreamError,
  last: Answered | undefined,
  { service, isChange, redact }: Around,
): TrackerFault {
  const { message, facts } = error;
  if (last === undefined || facts.status === undefined) {
    if (isChange && facts.maybeStored === true) return { status: 'uncertain', why: message };
    return mayPass(facts) ? { status: 'later', why: message } : { status: 'refused', why: message, fields: {} };
  }
  const { status, text } = last;
  if ([408, 409, 423, 425, 429, 503].includes(status)) {
    const afterMs = waitOf({ ...last, detail: '', limited: false });
    return { status: 'later', why: message, ...(afterMs === undefined ? {} : { afterMs }) };
  }
  // NOTE: of an answer too large nothing was read but that it was a good one.
  if (isChange && facts.answerTooLarge === true && status < 300) return { status: 'uncertain', why: message };
  if (status >= 500) return { status: isChange ? 'uncertain' : 'later', why: message };
  const fields = fieldsIn(text, redact);
  const words = wordsIn(text, redact);
  return { status: 'refused', why: words === '' ? message : `${service}: answered ${status}: ${words}`, fields };
}
