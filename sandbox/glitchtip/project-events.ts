import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { entriesOf, known, userJson } from '../sentry/event-json.ts';
import { microsText } from '../sentry/instants.ts';
import type { Target } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import type { SandboxEvent } from '../types.ts';
import { isEnough, type Listing, readPage } from './pages.ts';
import { openProject } from './projects.ts';

/** GET projects/{org}/{proj}/events/, newest received first. There is no search and there are no dates (SA §12.1). */
export function projectEvents(state: State, request: VendorRequest, { key }: Target): Answer {
  const project = projectOf(state, key);
  const events =
    project === undefined
      ? []
      : state.events.feed.newest(project, 'arrival', state.clock.now(), (list) =>
          isEnough(request.query, byArrival(list)),
        );
  const page = readPage(request, byArrival(events));
  return json(
    200,
    page.items.map((event) => eventJson(state, event)),
    page.headers,
  );
}

/** undefined: a project that is not there lists as an empty one. */
function projectOf(state: State, key: string): string | undefined {
  const found = state.projects.find(key);
  if (found?.access !== 'full' && state.settings.glitchtipUnknown === 'empty') return undefined;
  return openProject(state, key).id;
}

function byArrival(items: readonly SandboxEvent[]): Listing<SandboxEvent> {
  return { items, rank: (event) => event.arrivedAt, form: 'instant', falling: true };
}

/** `issue` is a number, `dateCreated` what the client said, and the whole body is always there. */
function eventJson(state: State, event: SandboxEvent): Record<string, unknown> {
  return {
    eventID: event.id,
    id: event.id,
    issue: event.issueId === null ? null : Number(state.issues.current(event.issueId)),
    context: null,
    contexts: { runtime: { name: 'node', type: 'runtime', version: 'v18.12.1' } },
    culprit: event.culprit,
    dateCreated: event.dateless === true ? null : microsText(event.at + (event.millis ?? 0)),
    dateReceived: microsText(event.arrivedAt),
    entries: [...entriesOf(event), BREADCRUMBS],
    message: event.message,
    metadata: { ...event.metadata },
    packages: null,
    platform: event.platform,
    sdk: { name: 'sentry.javascript.node', version: '7.17.4' },
    tags: tagList(state, event),
    title: event.title,
    type: event.type,
    user: userJson(event),
  };
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

function tagList(state: State, event: SandboxEvent): Array<{ key: string; value: string }> {
  return Object.entries(tagsOf(state, event)).map(([key, value]) => ({ key, value }));
}

/** GlitchTip makes tags of the environment and the release, not of the user or the transaction. */
export function tagsOf(state: State, event: SandboxEvent): Readonly<Record<string, string>> {
  const { environment, release, level } = event;
  return {
    ...known({ environment, release }),
    ...(state.settings.glitchtipLevels === 'tags' ? known({ level }) : {}),
    ...event.tags,
  };
}
