import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { entriesOf, known, userJson } from '../sentry/event-json.ts';
import { microsText } from '../sentry/instants.ts';
import type { Target } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import type { SandboxEvent } from '../types.ts';
import { isEnough, type Listing, readPage } from './pages.ts';
import { openProject } from './projects.ts';

/** GET projects/{org}/{proj}/events/, newest received first. There is no search and there are no dates. */
export function projectEvents(state: State, request: VendorRequest, { key }: Target): Answer {
  const project = projectOf(state, key);
  const events =
    project === undefined
      ? []
      : state.events.feed.newest(project, 'arrival', state.clock.now(), (list) =>
          isEnough(request.query, byArrival(list)),
        );
  const page = readPage(state, request, byArrival(events));
  return json(
    200,
    page.items.map((event) => eventJson(state, event)),
    page.headers,
  );
}

/** undefined: since 2024 a project that is not there lists as an empty one. */
function projectOf(state: State, key: string): string | undefined {
  const found = state.projects.find(key);
  if (found?.access !== 'full' && state.settings.glitchtipRelease !== '2022') return undefined;
  return openProject(state, key).id;
}

function byArrival(items: readonly SandboxEvent[]): Listing<SandboxEvent> {
  return { items, rank: (event) => event.arrivedAt, form: 'instant', falling: true };
}

/** `dateCreated` is what the client said, and the whole body is always there. Its level is told nowhere. */
function eventJson(state: State, event: SandboxEvent): Record<string, unknown> {
  const issueId = event.issueId === null ? null : state.issues.current(event.issueId);
  return {
    eventID: event.id,
    id: event.id,
    ...(state.settings.glitchtipRelease === '2022' ? form2022(event, issueId) : form2024(event, issueId)),
    context: event.extra === undefined ? null : { blob: 'x'.repeat(event.extra) },
    contexts: { runtime: { name: 'node', type: 'runtime', version: 'v18.12.1' } },
    culprit: event.culprit,
    dateReceived: microsText(event.arrivedAt),
    entries: [...entriesOf(event), BREADCRUMBS],
    metadata: { ...event.metadata },
    packages: null,
    platform: event.platform,
    sdk: { name: 'sentry.javascript.node', version: '7.17.4' },
    tags: tagList(event),
    title: event.title,
    type: event.type,
    user: userJson(event),
  };
}

/** `issue` is a number. */
function form2022(event: SandboxEvent, issueId: string | null): Record<string, unknown> {
  return {
    issue: issueId === null ? null : Number(issueId),
    dateCreated: event.dateless === true ? null : dateOf(event),
    message: event.message,
  };
}

/** `groupID` is a text and `projectID` a number; an event without a date has that of its arrival. */
function form2024(event: SandboxEvent, issueId: string | null): Record<string, unknown> {
  return {
    groupID: issueId,
    projectID: Number(event.projectId),
    dateCreated: event.dateless === true ? microsText(event.arrivedAt) : dateOf(event),
    message: event.message === '' ? event.title : event.message,
  };
}

function dateOf({ at, millis }: SandboxEvent): string | null {
  return microsText(at + (millis ?? 0));
}

const CRUMB = {
  type: 'http',
  category: 'http',
  level: 'info',
  event_id: null,
  message: null,
  timestamp: '2022-11-02T09:58:12Z',
};
const CALL = { url: 'http://backend.example.com/api/items?page=1', method: 'GET', status_code: 200 };
const BREADCRUMBS = {
  type: 'breadcrumbs',
  data: { values: Array.from({ length: 8 }, () => ({ ...CRUMB, data: CALL })) },
};

function tagList(event: SandboxEvent): Array<{ key: string; value: string }> {
  return Object.entries(tagsOf(event)).map(([key, value]) => ({ key, value }));
}

/** GlitchTip makes tags of the environment and the release, not of the level, the user or the transaction. */
export function tagsOf(event: SandboxEvent): Readonly<Record<string, string>> {
  const { environment, release } = event;
  return { ...known({ environment, release }), ...event.tags };
}
