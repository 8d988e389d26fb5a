import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createBook, type JiraBook } from './book.ts';
import type { Screen } from './create-rules.ts';
import { act, type Answering } from './routes.ts';
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

interface World extends Answering, Pick<JiraOptions, 'login'> {
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

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
