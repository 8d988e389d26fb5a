import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { fullFields, oldEventJson } from '../sentry/event-json.ts';
import { linkHeader, readPage, readSize } from '../sentry/pages.ts';
import { matching } from '../sentry/project-events.ts';
import { openProject } from '../sentry/projects.ts';
import type { Target } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import type { SandboxEvent } from '../types.ts';
import { dateLink, indexOfPlace, readPlace } from './date-pages.ts';

/** GET projects/{org}/{proj}/events/ of 10.x: dates are not looked at, pages are offsets. */
export function offsetEvents(state: State, request: VendorRequest, target: Target): Answer {
  const project = openProject(state, request, target.key);
  const page = readPage(request.query);
  const end = page.offset + page.size;
  const found = newest(state, request, project.id, (list) => list.length > end);
  return json(200, found.slice(page.offset, end).map(shown(state, request)), {
    link: linkHeader(request, page, found.length > end),
  });
}

/** The same of 8 and 9.x, from PostgreSQL: a cursor names an event's time, so newer events do not move the pages. */
export function dateEvents(state: State, request: VendorRequest, target: Target): Answer {
  const project = openProject(state, request, target.key);
  const size = readSize(request.query.get('per_page'));
  const place = readPlace(request.query.get('cursor'));
  const found = newest(state, request, project.id, (list) => list.length > indexOfPlace(list, place, size) + size);
  const start = indexOfPlace(found, place, size);
  return json(200, found.slice(start, start + size).map(shown(state, request)), {
    link: dateLink(request, found, start, size),
  });
}

function newest(
  state: State,
  request: VendorRequest,
  projectId: string,
  enough: (list: readonly SandboxEvent[]) => boolean,
): readonly SandboxEvent[] {
  const find = (list: readonly SandboxEvent[]): readonly SandboxEvent[] =>
    matching(list, request.query.get('query') ?? '');
  return find(state.events.feed.newest(projectId, 'time', state.clock.now(), (list) => enough(find(list))));
}

/** `full` is any value that is not empty. */
function shown(state: State, request: VendorRequest): (event: SandboxEvent) => Record<string, unknown> {
  const full = (request.query.get('full') ?? '') !== '';
  return (event) => ({ ...oldEventJson(state, event), ...(full ? fullFields(event) : {}) });
}
