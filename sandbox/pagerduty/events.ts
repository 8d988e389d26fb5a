import { type Answer, json, parseJson, type VendorRequest } from '../http/message.ts';
import type { State } from '../world/state.ts';
import { eventFault, type PagerEvent } from './event-rules.ts';
import { eventText } from './event-text.ts';

const MOST_BYTES = 512_000;

/**
 * The Events API, version 2: it opens an incident by a key, adds to the one that is open, and closes it. What resolves
 * an incident that nobody knows is taken, and does nothing.
 */
export function enqueueEvent(state: State, request: VendorRequest): Answer {
  const refuse = (status: number, errors: readonly string[]): Answer => {
    const why = errors.join(', ');
    state.received.pagerduty.refused.push({ n: request.n, to: 'service', status, why, at: state.clock.now() });
    return json(status, { status: 'invalid event', message: 'Event object is invalid', errors });
  };
  if (request.method !== 'POST') return refuse(405, ['only POST']);
  if (request.raw.length > MOST_BYTES) return refuse(400, ['the event is too large']);
  const parsed = parseJson(request.raw.toString('utf8'));
  if (parsed === undefined) return refuse(400, ['JSON parse error']);
  const fault = eventFault(parsed.value, state.keys.pagerDutyKey);
  if (fault !== undefined) return refuse(400, [fault]);
  const event = parsed.value as PagerEvent;
  const key = event.dedup_key ?? `generated-${String(request.n)}`;
  note(state, request.n, key, event);
  return json(202, { status: 'success', message: 'Event processed', dedup_key: key });
}

function note({ received, clock }: State, n: number, id: string, event: PagerEvent): void {
  const { messages } = received.pagerduty;
  const open = messages.findIndex((message) => message.id === id && message.isOver !== true);
  const before = messages[open];
  if (event.event_action === 'trigger') {
    const told = { to: 'service', id, thread: null, subject: event.payload!.summary, text: eventText(event) };
    if (before === undefined) messages.push({ n, at: clock.now(), ...told });
    else messages[open] = { ...before, ...told };
  } else if (before !== undefined && event.event_action === 'resolve') messages[open] = { ...before, isOver: true };
}
