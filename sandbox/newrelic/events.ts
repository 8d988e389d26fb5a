import { type Answer, isRecord, json, parseJson, unpack, type VendorRequest } from '../http/message.ts';
import { uuidFrom } from '../random.ts';
import type { State } from '../world/state.ts';
import { judgeEvent } from './event-rules.ts';
import { BODY_LIMIT, keyIsGood, plain } from './http.ts';

/**
 * POST /v1/accounts/{id}/events. Headers, key and size are judged at once; everything else after the 200, event by
 * event: read `received.newrelic.droppedEvents`.
 */
export function newRelicEvents(state: State, request: VendorRequest, account: string): Answer {
  const early = refusal(state, request, account);
  if (early !== undefined) return early;
  const body = unpack(request);
  if ((body?.length ?? 0) > BODY_LIMIT) return plain(413, 'content too large');
  const uuid = uuidFrom(state.nextRandom());
  store(state, request.n, uuid, body?.toString('utf8'));
  return json(200, { success: true, uuid });
}

function refusal(state: State, request: VendorRequest, account: string): Answer | undefined {
  const { headers } = request;
  if (request.method !== 'POST') return plain(405, 'method not allowed');
  if (!/^\d+$/.test(headers['content-length'] ?? '')) return plain(400, 'missing or invalid content length');
  if (!keyIsGood(state, request) || account !== state.keys.newRelicAccountId)
    return plain(403, 'missing or invalid key');
  if (request.raw.length === 0) return plain(400, 'unable to process empty request');
  if (headers['content-type']?.startsWith('multipart/related') === true) return plain(415, 'invalid content type');
  if (!['identity', 'gzip', 'deflate'].includes(headers['content-encoding']?.toLowerCase() ?? 'identity')) {
    return plain(415, 'invalid content encoding');
  }
  return request.raw.length > BODY_LIMIT ? plain(413, 'content too large') : undefined;
}

function store(state: State, n: number, requestId: string, text: string | undefined): void {
  const { events, droppedEvents } = state.received.newrelic;
  const parsed = text === undefined ? undefined : parseJson(text);
  const list = Array.isArray(parsed?.value) ? (parsed.value as unknown[]) : [parsed?.value];
  if (parsed === undefined || !list.every(isRecord)) {
    droppedEvents.push({ n, requestId, index: null, message: 'Error parsing JSON payload', record: text ?? null });
    return;
  }
  list.forEach((record, index) => {
    const verdict = judgeEvent(record, state.clock.now());
    if (verdict.kind === 'dropped') droppedEvents.push({ n, requestId, index, message: verdict.message, record });
    else
      events.push({ n, requestId, index, timestamp: verdict.timestamp, record: verdict.record, notes: verdict.notes });
  });
}
