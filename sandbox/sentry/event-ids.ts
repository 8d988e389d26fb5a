import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { organizationOf, type State } from '../world/state.ts';
import { refuse } from './errors.ts';
import type { Target } from './target.ts';

/** GET organizations/{org}/eventids/{id}/: what an event's id stands for. */
export function resolvedEventId(state: State, _request: VendorRequest, { key }: Target): Answer {
  if (!/^[0-9a-f]{32}$/.test(key)) throw refuse(400, 'Event IDs must be 32 hexadecimal characters');
  const event = state.events.byId(key);
  const project = event === undefined ? undefined : state.projects.byId(event.projectId);
  if (event === undefined || project === undefined || event.arrivedAt > state.clock.now() || event.issueId === null)
    throw refuse(404, 'The requested resource does not exist');
  return json(200, {
    organizationSlug: organizationOf(state),
    projectSlug: project.slug,
    groupId: state.issues.current(event.issueId),
    eventId: event.id,
    event: { id: event.id, eventID: event.id, groupID: event.issueId, projectID: event.projectId, title: event.title },
  });
}
