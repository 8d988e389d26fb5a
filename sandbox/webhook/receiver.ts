import { type Answer, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { bodyFault } from './body-rules.ts';
import { signatureFault } from './signature.ts';

const MOST_BYTES = 262_144;

/**
 * Somebody's program that takes alerts at `/hook/{name}`: it believes only what is signed and fresh, reads strictly,
 * and takes each id once. What it took, was told again, and did not take is remembered.
 */
export function receiveHook(state: State, request: VendorRequest): Answer {
  const { received, keys, clock } = state;
  const [, , name = ''] = request.path.split('/');
  const refuse = (status: number, why: string): Answer => {
    received.webhook.refused.push({ n: request.n, name, status, why, at: clock.now() });
    return json(status, { detail: why });
  };
  if (name === '') return json(404, { detail: 'no such hook' });
  if (request.method !== 'POST') return refuse(405, 'only POST');
  if (request.raw.length > MOST_BYTES) return refuse(413, `${String(request.raw.length)} bytes are too many`);
  const forged = signatureFault(request.headers, request.raw, keys.webhookKey, clock.now());
  if (forged !== undefined) return refuse(401, forged);
  if (request.headers['content-type'] !== 'application/json') return refuse(415, 'only application/json');
  const parsed = parseJson(request.raw.toString('utf8'));
  if (parsed === undefined) return refuse(400, 'the body is no JSON');
  const id = String(request.headers['webhook-id']);
  const fault = bodyFault(parsed.value, id);
  if (fault !== undefined) return refuse(422, fault);
  return take(state, { n: request.n, name, id, text: request.raw.toString('utf8') }, parsed.value, refuse);
}

type Given = { readonly n: number; readonly name: string; readonly id: string; readonly text: string };

function take(state: State, given: Given, body: unknown, refuse: (status: number, why: string) => Answer): Answer {
  const { deliveries, repeats } = state.received.webhook;
  const { n, name, id } = given;
  const at = state.clock.now();
  const known = deliveries.find((delivery) => delivery.name === name && delivery.id === id);
  if (known === undefined) deliveries.push({ n, name, id, at, body: body as Readonly<Record<string, unknown>> });
  else if (JSON.stringify(known.body) !== JSON.stringify(body)) return refuse(409, 'this id came with another body');
  else repeats.push({ n, name, id, at });
  return json(200, { taken: id });
}
