import { type Answer, bodyText, isRecord, json, parseJson, type VendorRequest } from '../http/message.ts';
import { seedOf } from '../random.ts';
import { eventsOf } from '../events/event-input.ts';
import type { State } from '../world/state.ts';
import type { Project } from '../types.ts';

/**
 * POST /api/{project}/envelope/ of a client: one event, a line each for the envelope's head, the item's head and the
 * item. Events of one fingerprint are one issue.
 */
export function takeEnvelope(state: State, request: VendorRequest): Answer {
  const project = state.projects.byId(request.path.split('/')[2] ?? '');
  if (request.method !== 'POST') return json(405, { detail: 'Method Not Allowed' });
  if (keyOf(request) !== state.keys.dsnKey || project === undefined)
    return json(403, { detail: 'event submission rejected with_reason: ProjectId' });
  const [head, item, event, ...rest] = bodyText(request)
    .split('\n')
    .map((line) => parseJson(line)?.value);
  if (!isRecord(head) || !isRecord(item) || !isRecord(event) || item['type'] !== 'event' || rest.some(isRecord))
    return json(400, { detail: 'invalid event envelope' });
  const id = head['event_id'];
  if (typeof id !== 'string' || !/^[0-9a-f]{32}$/.test(id) || event['event_id'] !== id)
    return json(400, { detail: 'bad event id in event envelope' });
  keep(state, project, id, event as ClientEvent);
  return json(200, { id });
}

function keyOf({ headers }: VendorRequest): string | undefined {
  const header = String(headers['x-sentry-auth'] ?? '');
  const key = /(?:^Sentry |, ?)sentry_key=([0-9a-f]+)/.exec(header)?.[1];
  return header.includes('sentry_version=7') ? key : undefined;
}

/** What is looked at of an event. */
type ClientEvent = {
  timestamp: number;
  platform?: string;
  level?: string;
  environment?: string;
  fingerprint?: string[];
  exception?: { values?: { type?: string; value?: string }[] };
};

function keep(state: State, project: Project, id: string, event: ClientEvent): void {
  const { timestamp, platform = 'other', level = 'error', environment = null, fingerprint, exception } = event;
  const { type = 'Error', value = '' } = exception?.values?.at(-1) ?? {};
  const group = seedOf(project.id, ...(fingerprint ?? [type, value]));
  const [stored] = eventsOf(
    {
      id,
      at: timestamp * 1000,
      arrivedAt: state.clock.now(),
      project: project.slug,
      issue: String(7_000_000_000 + group),
      title: `${type}: ${value}`,
      platform,
      level,
      environment,
    },
    project.id,
    0,
  );
  state.issues.ensure(stored!.issueId!, stored!, project);
  state.events.add([stored!]);
}
