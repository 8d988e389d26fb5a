import type { JiraBook } from './book.ts';
import type { Screen } from './create-rules.ts';
import { searchFor } from './search.ts';
import { metaOf, shown } from './shown.ts';
import { type Field, type JiraKind, Refused } from './types.ts';

/** What requests are answered from. */
export interface Answering {
  readonly kind: JiraKind;
  now(): number;
  readonly book: JiraBook;
  readonly screen: Screen;
}

interface Asked {
  readonly params: URLSearchParams;
  readonly body: string;
}

interface Answer {
  readonly status: number;
  readonly value: unknown;
}

type Json = Readonly<Record<string, unknown>>;

interface Call extends Answering {
  /** Under which the API stands. */
  readonly api: string;
  /** The id or key of the issue; of others empty. */
  readonly place: string;
  readonly params: URLSearchParams;
  json(): Json;
}

const USUAL: readonly Field[] = ['project', 'issuetype', 'summary'].map((id) => ({ id, name: id, required: true }));

/** Does what a request wants. Throws `Refused`. */
export function act(method: string, path: string, { params, body }: Asked, world: Answering): Answer {
  const api = world.kind === 'cloud' ? '/rest/api/3/' : '/rest/api/2/';
  if (!path.startsWith(api)) throw new Refused(404, 'null for uri');
  const parts = path.slice(api.length).split('/').map(decodeURIComponent);
  const route = `${method} ${parts.map((part, index) => (isPlace(parts, index) ? ':' : part)).join('/')}`;
  const answer = ROUTES.get(route);
  if (answer === undefined) throw new Refused(404, 'null for uri');
  return answer({ ...world, api, place: parts[1] ?? '', params, json: () => JSON.parse(body) as Json });
}

/** Whether a part of a path is an id, key or name. */
function isPlace(parts: readonly string[], index: number): boolean {
  if (parts[0] !== 'issue') return false;
  return parts[1] === 'createmeta' ? index === 2 || index === 4 : index === 1;
}

/** By method and path, with `:` for an id, key or name. */
const ROUTES: ReadonlyMap<string, (call: Call) => Answer> = new Map([
  ['POST issue', create],
  ['GET issue/:', show],
  ['POST issue/:/comment', comment],
  ['GET issue/:/comment', showComments],
  ['GET issue/:/transitions', showTransitions],
  ['POST issue/:/transitions', transition],
  ['POST issueLink', link],
  ['POST search/jql', (call) => search(call, 'cloud')],
  ['POST search', (call) => search(call, 'data-center')],
  ['GET issue/createmeta/:/issuetypes', showTypes],
  ['GET issue/createmeta/:/issuetypes/:', showFields],
]);

function create({ book, json, api }: Call): Answer {
  const { id, key } = book.create(json());
  return { status: 201, value: { id, key, self: `${api}issue/${id}` } };
}

function show({ book, place, params, api }: Call): Answer {
  return { status: 200, value: shown(book.find(place), (params.get('fields') ?? '').split(','), api) };
}

function comment({ book, place, json }: Call): Answer {
  return { status: 201, value: book.comment(place, json()['body']) };
}

/** The newest first. */
function showComments({ book, place, params }: Call): Answer {
  const comments = book
    .find(place)
    .comments.toReversed()
    .slice(0, Number(params.get('maxResults') ?? 50));
  return { status: 200, value: { comments: comments.map(({ id, body }) => ({ id, body })) } };
}

function showTransitions({ book, place }: Call): Answer {
  const transitions = book
    .transitionsOf(place)
    .map(({ id, name, to }) => ({ ...{ id, name }, to: { name: to.name, statusCategory: { key: to.category } } }));
  return { status: 200, value: { transitions } };
}

function transition({ book, place, json }: Call): Answer {
  book.transition(place, String((json()['transition'] as Json)['id']));
  return { status: 204, value: null };
}

function link({ book, json }: Call): Answer {
  book.link(json());
  return { status: 201, value: null };
}

function showTypes({ screen, kind }: Call): Answer {
  const types = screen.types.map((name, index) => ({ id: String(index + 1), name }));
  return { status: 200, value: kind === 'cloud' ? { issueTypes: types } : { values: types } };
}

function showFields({ screen, kind }: Call): Answer {
  return { status: 200, value: metaOf([...USUAL, ...screen.fields], kind) };
}

/** `of`: whose way of searching it is. */
function search({ kind, book, now, json }: Call, of: JiraKind): Answer {
  const asked = json();
  const isCloud = of === 'cloud';
  if (of !== kind) throw new Refused(isCloud ? 404 : 410, 'The requested API has been removed.');
  const found = searchFor(String(asked['jql']), book.issues, now(), kind);
  const most = Number(asked['maxResults'] ?? 50);
  const start = Number((isCloud ? asked['nextPageToken'] : asked['startAt']) ?? 0);
  const fields = (asked['fields'] ?? []) as readonly string[];
  const issues = found.slice(start, start + most).map((issue) => shown(issue, fields, ''));
  const end = start + issues.length;
  if (!isCloud) return { status: 200, value: { issues, total: found.length, startAt: start, maxResults: most } };
  const more = end < found.length ? { isLast: false, nextPageToken: String(end) } : { isLast: true };
  return { status: 200, value: { issues, ...more } };
}
