import { type Answer, isRecord, json, parseJson, unpack, type VendorRequest } from '../http/message.ts';
import { uuidFrom } from '../random.ts';
import type { State } from '../world/state.ts';
import { commonProblem, judgePoint } from './metric-rules.ts';
import { BODY_LIMIT, keyIsGood, plain } from './http.ts';

/** POST /metric/v1: structure at once, points after the 202. */
export function newRelicMetrics(state: State, request: VendorRequest): Answer {
  const early = refusal(state, request);
  if (early !== undefined) return early;
  const body = unpack(request);
  if ((body?.length ?? 0) >= BODY_LIMIT) return plain(413, 'payload must be under 1MB');
  const blocks = body === undefined ? undefined : parseJson(body.toString('utf8'))?.value;
  if (!Array.isArray(blocks) || !blocks.every(isBlock)) return plain(400, 'structure of the request is invalid');
  const requestId = uuidFrom(state.nextRandom());
  for (const block of blocks) storeBlock(state, request.n, requestId, block);
  return json(202, { requestId }, { 'content-type': 'application/json; charset=UTF-8' });
}

function refusal(state: State, request: VendorRequest): Answer | undefined {
  const { headers } = request;
  if (request.method !== 'POST') return plain(405, 'method not allowed');
  if (headers['content-length'] === undefined && headers['transfer-encoding'] === undefined)
    return plain(411, 'length required');
  if (!keyIsGood(state, request)) return plain(403, 'authentication failure');
  if (!/^application\/json\b/i.test(headers['content-type'] ?? '')) return plain(415, 'Content-Type invalid');
  if (!['identity', 'gzip'].includes(headers['content-encoding']?.toLowerCase() ?? 'identity')) {
    return plain(415, 'Content-Encoding invalid');
  }
  return request.raw.length >= BODY_LIMIT ? plain(413, 'payload must be under 1MB') : undefined;
}

type Block = { readonly common?: unknown; readonly metrics: readonly unknown[] };

function isBlock(value: unknown): value is Block {
  return isRecord(value) && Array.isArray(value['metrics']);
}

function storeBlock(state: State, n: number, requestId: string, block: Block): void {
  const { metrics, droppedMetrics } = state.received.newrelic;
  const problem = commonProblem(block.common);
  const common = isRecord(block.common) ? block.common : {};
  block.metrics.forEach((record, index) => {
    const verdict =
      problem === undefined
        ? judgePoint(record, common, state.clock.now())
        : { kind: 'dropped' as const, message: `invalid common: ${problem}` };
    if (verdict.kind === 'dropped') droppedMetrics.push({ n, requestId, index, message: verdict.message, record });
    else metrics.push({ n, requestId, index, timestamp: verdict.timestamp, record: verdict.record, notes: [] });
  });
}
