import { UpstreamError } from '../../../../core/model/errors.ts';
import type { CarriedLine } from '../../../../core/logs/readers/papertrail.ts';
import type { Window } from '../../../../core/model/window.ts';
import type { Scope } from '../../../../core/ports/scope.ts';
import { parseJson } from '../../../../platform/http/json.ts';
import type { Deps } from '../../../plugin.ts';
import { isRecord, textOf } from '../../../vendors/aws/json.ts';

/** A page of lines, the oldest first. */
export interface Page {
  readonly lines: readonly CarriedLine[];
  /** Where the search came to, back from the newest line; null: it says nothing. */
  readonly minId: string | null;
  /** Nothing older is there. */
  readonly isWhole: boolean;
}

/** Papertrail's search of what it keeps. */
export interface Search {
  /** What came in within the span, in whole seconds; `maxId`: older than that line. */
  page(span: Window, maxId: string | null, scope: Scope): Promise<Page>;
}

const ADDRESS = 'https://papertrailapp.com/api/v1/events/search.json';
const SERVICE = 'papertrail';
/** Lines of a page. */
const LIMIT = 2_000;
/** Its search ends by itself after five seconds. */
const ANSWER_MS = 20_000;
/** So long is waited at most for more to be allowed, ms. */
const MOST_WAIT_MS = 60_000;

export function createSearch(token: string, { http, sleep }: Pick<Deps, 'http' | 'sleep'>): Search {
  let waitMs = 0;
  return {
    async page({ start, end }, maxId, scope) {
      const wait = waitMs;
      waitMs = 0;
      if (wait > 0) await sleep(wait, scope.signal);
      scope.meter.requested();
      const newest = maxId === null ? ['max_time', String(Math.ceil(end / 1_000))] : ['max_id', maxId];
      const { text } = await http({
        ...{ service: SERVICE, method: 'GET', url: ADDRESS, timeoutMs: ANSWER_MS, repeatSafe: true, scope },
        params: [
          ['min_time', String(Math.floor(start / 1_000))],
          newest as [string, string],
          ['limit', String(LIMIT)],
          ['tail', 'false'],
        ],
        headers: { 'X-Papertrail-Token': token },
        secrets: [token],
        onAnswer: ({ headers }) => void (waitMs = pauseOf(headers)),
        advice: ({ status }) =>
          status === 401 || status === 403 ? 'look at the variable that token: names' : undefined,
      });
      return pageIn(text);
    },
  };
}

/** How long to wait until more requests are allowed, ms. */
function pauseOf(headers: Readonly<Record<string, string>>): number {
  const [left, seconds] = [Number(headers['x-rate-limit-remaining'] ?? 1), Number(headers['x-rate-limit-reset'] ?? 0)];
  return left > 0 || !(seconds > 0) ? 0 : Math.min(seconds * 1_000, MOST_WAIT_MS);
}

function pageIn(text: string): Page {
  const body = parseJson(text);
  if (body === undefined) throw odd('answered no JSON');
  if (!isRecord(body) || !Array.isArray(body['events'])) throw odd('answered what is no page of lines');
  const lines = body['events'].map(lineIn);
  const ids = lines.map(({ id }) => id).toSorted(byId);
  const given = textOf(body['min_id']);
  const minId = given !== null && ID.test(given) ? given : (ids[0] ?? null);
  return {
    lines: lines.toSorted((one, other) => byId(one.id, other.id)),
    minId,
    isWhole: body['reached_beginning'] === true || (lines.length === 0 && body['reached_time_limit'] !== true),
  };
}

const ID = /^\d{1,25}$/;

/** NOTE: of ids as text: they are greater than what a number holds. */
export function byId(one: string, other: string): number {
  return one.length - other.length || (one < other ? -1 : Number(one > other));
}

function lineIn(event: unknown): CarriedLine {
  if (!isRecord(event)) throw odd('has a line that is no object');
  const [id, time] = [event['id'], event['generated_at'] ?? event['received_at']];
  // NOTE: an id that comes as a number lost its last digits.
  if (typeof id !== 'string' || !ID.test(id) || typeof time !== 'string') throw odd('has a line without id and time');
  return {
    ...{ id, time },
    machine: textOf(event['source_name']) ?? textOf(event['hostname']) ?? '',
    program: textOf(event['program']) ?? '',
    message: typeof event['message'] === 'string' ? event['message'] : '',
  };
}

function odd(what: string): UpstreamError {
  return new UpstreamError(`${SERVICE}: its search ${what}`, { service: SERVICE, retryable: true });
}
