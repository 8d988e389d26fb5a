import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { searchMessage } from '../search/fields.ts';
import type { State } from '../world/state.ts';
import type { SandboxEvent } from '../types.ts';
import { readSpan } from './dates.ts';
import { badRequest, Refusal } from './errors.ts';
import { eventJson, fullFields } from './event-json.ts';
import { linkHeader, type Page, readPage } from './pages.ts';
import { openProject } from './projects.ts';
import type { Target } from './target.ts';

/** How many whole events a page holds at most: there is such a limit, its value is not known. */
const FULL_PAGE = 20;

/** GET projects/{org}/{proj}/events/ of the newest server. */
export function projectEvents(state: State, request: VendorRequest, target: Target): Answer {
  const { query } = request;
  const project = openProject(state, request, target.key);
  const now = state.clock.now();
  const span = spanOf(query, now);
  const full = isOn(query.get('full'));
  const page = pageOf(query, full);
  const find = (list: readonly SandboxEvent[]): readonly SandboxEvent[] =>
    sampled(matching(list, query.get('query') ?? ''), isOn(query.get('sample')));
  const list =
    span === undefined
      ? state.events.feed.newest(project.id, 'time', now, (found) => find(found).length > page.offset + page.size)
      : state.events.feed.span(project.id, 'time', span, now);
  const found = find(list);
  const shown = found.slice(page.offset, page.offset + page.size);
  const link = linkHeader(request, page, found.length > page.offset + page.size);
  return json(
    200,
    shown.map((event) => ({ ...eventJson(state, event), ...(full ? fullFields(event) : {}) })),
    { link },
  );
}

function isOn(value: string | null): boolean {
  return value === '1' || value === 'true';
}

/** undefined: no dates. All that is wrong with them has one text here. */
function spanOf(query: URLSearchParams, now: number): { start: number; end: number } | undefined {
  try {
    const span = readSpan(query, now, '');
    return span.given ? span : undefined;
  } catch (error) {
    if (error instanceof Refusal) throw badRequest('Invalid date range parameters provided');
    throw error;
  }
}

function pageOf(query: URLSearchParams, full: boolean): Page {
  const page = readPage(query);
  return full ? { ...page, size: Math.min(page.size, FULL_PAGE) } : page;
}

type Derived = Map<string, readonly SandboxEvent[]>;

const derived = new WeakMap<readonly SandboxEvent[], Derived>();
const KEPT = 16;

/** Kept with the list it comes from, which goes when something changes: a later page costs a slice. */
function once(
  list: readonly SandboxEvent[],
  name: string,
  make: () => readonly SandboxEvent[],
): readonly SandboxEvent[] {
  const known = derived.get(list) ?? new Map<string, readonly SandboxEvent[]>();
  const found = known.get(name) ?? make();
  if (known.size >= KEPT) known.clear();
  derived.set(list, known.set(name, found));
  return found;
}

/** `query`: anywhere in the search message, whatever the case; no search syntax. */
export function matching(list: readonly SandboxEvent[], query: string): readonly SandboxEvent[] {
  if (query === '') return list;
  const text = query.toLowerCase();
  return once(list, `query ${text}`, () => list.filter((event) => searchMessage(event).toLowerCase().includes(text)));
}

/** `sample`: by event id, which is as good as random and the same each time. */
function sampled(list: readonly SandboxEvent[], sample: boolean): readonly SandboxEvent[] {
  return sample ? once(list, 'sample', () => list.toSorted((a, b) => (a.id < b.id ? -1 : 1))) : list;
}
