import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBook, type JiraBook } from './book.ts';
import type { Screen } from './create-rules.ts';
import { metaOf, shown } from './shown.ts';
import { searchFor } from './search.ts';
import { type Field, type JiraFault, type JiraKind, Refused } from './types.ts';

/** A Jira in this process, as strict as the real ones, with a late search and a workflow in another language. */
export interface JiraDouble extends JiraBook {
  readonly url: string;
  readonly kind: JiraKind;
  readonly faults: JiraFault[];
  /** Method and path of each request, in order. */
  readonly asked: string[];
  readonly options: { lagMs: number; hasWayBack: boolean };
  close(): Promise<void>;
}

export interface JiraOptions {
  readonly kind: JiraKind;
  now(): number;
  /** What `Authorization` must be. */
  readonly login: string;
  readonly fields?: readonly Field[];
  readonly lagMs?: number;
}

type Json = Readonly<Record<string, unknown>>;

const USUAL: readonly Field[] = ['project', 'issuetype', 'summary'].map((id) => ({ id, name: id, required: true }));

export async function startJira({ kind, now, login, fields = [], lagMs = 0 }: JiraOptions): Promise<JiraDouble> {
  const screen: Screen = {
    ...{
      kind,
      projects: ['CRM', 'OPS'],
      types: ['Bug', 'Task'],
      components: ['Checkout'],
      priorities: ['Medium', 'High'],
    },
    fields,
  };
  const options = { now, screen, lagMs, hasWayBack: true };
  const book = createBook(options);
  const [faults, asked]: [JiraFault[], string[]] = [[], []];
  const server = createServer((request, response) => {
    void serve(request, response, { kind, book, login, screen, faults, asked, now });
  });
  await new Promise<void>((done) => void server.listen(0, '127.0.0.1', done));
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  return {
    ...book,
    ...{ url, kind, faults, asked, options },
    close: async () => {
      server.closeAllConnections();
      await new Promise((done) => void server.close(done));
    },
  };
}

interface World extends Pick<JiraOptions, 'kind' | 'login' | 'now'> {
  readonly book: JiraBook;
  readonly screen: Screen;
  readonly faults: JiraFault[];
  readonly asked: string[];
}

async function serve(request: IncomingMessage, response: ServerResponse, world: World): Promise<void> {
  const body = await bodyOf(request);
  const { method = 'GET', headers } = request;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  world.asked.push(`${method} ${pathname}`);
  const at = world.faults.findIndex((it) => it.method === method && pathname.includes(it.path));
  const [fault] = at === -1 ? [] : world.faults.splice(at, 1);
  const answer = (status: number, value: unknown, more: Record<string, string> = {}): void => {
    response.writeHead(status, { 'Content-Type': 'application/json', ...more });
    response.end(value === null ? '' : JSON.stringify(value));
  };
  if (fault?.kind === 'lost') return void request.socket.destroy();
  if (fault?.kind === 'page') return void response.writeHead(200).end('<!doctype html><title>Log in</title>');
  if (typeof fault?.kind === 'number')
    return answer(fault.kind, { errorMessages: ['not now'], errors: {} }, retryOf(fault));
  try {
    if (headers.authorization !== world.login)
      throw new Refused(401, 'Client must be authenticated to access this resource.');
    const { status, value } = act(method, pathname, { params: searchParams, body }, world);
    if (fault?.kind === 'cut') return void request.socket.destroy();
    answer(status, value);
  } catch (error) {
    if (error instanceof Refused) return answer(error.status, error.body);
    answer(500, { errorMessages: [String(error)], errors: {} });
  }
}

function retryOf({ retryAfter }: JiraFault): Record<string, string> {
  return retryAfter === undefined ? {} : { 'Retry-After': String(retryAfter) };
}

interface Asked {
  readonly params: URLSearchParams;
  readonly body: string;
}

function act(method: string, path: string, { params, body }: Asked, world: World): { status: number; value: unknown } {
  const { kind, book, screen } = world;
  const api = kind === 'cloud' ? '/rest/api/3/' : '/rest/api/2/';
  if (!path.startsWith(api)) throw new Refused(404, 'null for uri');
  const parts = path.slice(api.length).split('/').map(decodeURIComponent);
  const json = (): Json => JSON.parse(body) as Json;
  const route = `${method} ${parts.map((part, index) => (isPlace(parts, index) ? ':' : part)).join('/')}`;
  const [, place = ''] = parts;
  switch (route) {
    case 'POST issue': {
      const { id, key } = book.create(json());
      return { status: 201, value: { id, key, self: `${api}issue/${id}` } };
    }
    case 'GET issue/:':
      return { status: 200, value: shown(book.find(place), (params.get('fields') ?? '').split(','), api) };
    case 'POST issue/:/comment':
      return { status: 201, value: book.comment(place, json()['body']) };
    case 'GET issue/:/comment': {
      const comments = book
        .find(place)
        .comments.toReversed()
        .slice(0, Number(params.get('maxResults') ?? 50));
      return { status: 200, value: { comments: comments.map(({ id, body: said }) => ({ id, body: said })) } };
    }
    case 'GET issue/:/transitions': {
      const transitions = book
        .transitionsOf(place)
        .map(({ id, name, to }) => ({ ...{ id, name }, to: { name: to.name, statusCategory: { key: to.category } } }));
      return { status: 200, value: { transitions } };
    }
    case 'POST issue/:/transitions':
      book.transition(place, String((json()['transition'] as Json)['id']));
      return { status: 204, value: null };
    case 'POST issueLink':
      book.link(json());
      return { status: 201, value: null };
    case 'POST search/jql':
    case 'POST search':
      return { status: 200, value: search(route, json(), world) };
    case 'GET issue/createmeta/:/issuetypes': {
      const types = screen.types.map((name, index) => ({ id: String(index + 1), name }));
      return { status: 200, value: kind === 'cloud' ? { issueTypes: types } : { values: types } };
    }
    case 'GET issue/createmeta/:/issuetypes/:':
      return { status: 200, value: metaOf([...USUAL, ...screen.fields], kind) };
    default:
      throw new Refused(404, 'null for uri');
  }
}

/** Whether a part of a path is an id, key or name. */
function isPlace(parts: readonly string[], index: number): boolean {
  if (parts[0] !== 'issue') return false;
  return parts[1] === 'createmeta' ? index === 2 || index === 4 : index === 1;
}

function search(route: string, asked: Json, { kind, book, now }: World): object {
  const isCloud = route.endsWith('jql');
  if (isCloud !== (kind === 'cloud')) throw new Refused(isCloud ? 404 : 410, 'The requested API has been removed.');
  const found = searchFor(String(asked['jql']), book.issues, now(), kind);
  const most = Number(asked['maxResults'] ?? 50);
  const start = Number((isCloud ? asked['nextPageToken'] : asked['startAt']) ?? 0);
  const fields = (asked['fields'] ?? []) as readonly string[];
  const issues = found.slice(start, start + most).map((issue) => shown(issue, fields, ''));
  const end = start + issues.length;
  if (!isCloud) return { issues, total: found.length, startAt: start, maxResults: most };
  return end < found.length ? { issues, isLast: false, nextPageToken: String(end) } : { issues, isLast: true };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
