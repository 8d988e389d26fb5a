import { type EventInput, type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/index.ts';

/** 2026-11-20 10:07:00 UTC: the clock of every test that sets no other. */
export const NOW = Date.UTC(2026, 10, 20, 10, 7);
export const TEN = Date.UTC(2026, 10, 20, 10, 0);
export const WINDOW = 'start=2026-11-20T10:00:00&end=2026-11-20T10:05:00';

/** Whatever a body turns out to be: the assertions say what it must be. */
export type Json = ReturnType<typeof JSON.parse>;

export type Answered = { status: number; headers: Headers; text: string; body: Json };

/** A sandbox that `stop` ends; empty unless asked otherwise. */
export async function box(options: Partial<SandboxOptions> = {}): Promise<Sandbox> {
  return startSandbox({ now: () => NOW, ...options });
}

export async function ask(url: string, init: RequestInit = {}): Promise<Answered> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** GET below /api/0/ with the right token; `path` may hold a raw query. */
export function sentry(sandbox: Sandbox, path: string, headers: Record<string, string> = {}): Promise<Answered> {
  return ask(`${sandbox.sentryUrl}/api/0/${path}`, {
    headers: { authorization: `Bearer ${sandbox.keys.sentryToken}`, ...headers },
  });
}

/** The events table of org acme with dataset, window and all projects filled in. */
export function table(sandbox: Sandbox, query: string): Promise<Answered> {
  const project = query.includes('project=') ? '' : '&project=-1';
  return sentry(sandbox, `organizations/acme/events/?dataset=errors&${WINDOW}${project}&${query}`);
}

/** Raw events of a project of org acme. */
export function rawEvents(sandbox: Sandbox, project: string, query = ''): Promise<Answered> {
  return sentry(sandbox, `projects/acme/${project}/events/${query === '' ? '' : `?${query}`}`);
}

/** What a Link header says of a page: `results`, and the cursor when there is one. */
export function linkTo(
  rel: 'next' | 'previous',
  { headers }: Answered,
): { results: string; cursor: string | undefined } | undefined {
  const found = new RegExp(`<[^>]*>; rel="${rel}"; results="(\\w+)"(?:; cursor="([^"]*)")?`).exec(
    headers.get('link') ?? '',
  );
  return found === null ? undefined : { results: found[1] ?? '', cursor: found[2] };
}

/** Follows next from page to page; each answer's events, until results is not true. At most `limit` pages. */
export async function allPages(sandbox: Sandbox, project: string, query: string, limit = 1000): Promise<Json[][]> {
  const pages: Json[][] = [];
  for (let cursor: string | undefined = ''; cursor !== undefined;) {
    if (pages.length === limit) throw new Error(`more than ${String(limit)} pages`);
    const answer: Answered = await rawEvents(
      sandbox,
      project,
      `${query}${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`,
    );
    if (answer.status !== 200) throw new Error(`${String(answer.status)} ${answer.text}`);
    pages.push(answer.body);
    const next = linkTo('next', answer);
    cursor = next?.results === 'true' ? next.cursor : undefined;
  }
  return pages;
}

export function idsOf(events: Json): string[] {
  return events.map((event: { id: string }) => event.id);
}

/** 32 hexadecimal digits of one kind. */
export function id(digit: string): string {
  return digit.repeat(32);
}

export function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  const raw = typeof body === 'string' || body instanceof Buffer;
  return ask(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: raw ? body : JSON.stringify(body),
  });
}

export function postEvents(sandbox: Sandbox, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  return post(`${sandbox.url}/v1/accounts/${sandbox.keys.newRelicAccountId}/events`, body, {
    'api-key': sandbox.keys.newRelicKey,
    ...headers,
  });
}

export function postMetrics(sandbox: Sandbox, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  return post(`${sandbox.url}/metric/v1`, body, { 'api-key': sandbox.keys.newRelicKey, ...headers });
}

export function postSamples(sandbox: Sandbox, body: unknown, headers: Record<string, string> = {}): Promise<Answered> {
  return post(`${sandbox.url}/api/v1/metrics?token=${sandbox.keys.anodotToken}&protocol=anodot20`, body, headers);
}

/** An event this many seconds after 10:00. */
export function at(seconds: number, rest: Omit<EventInput, 'at'>): EventInput {
  return { at: TEN + seconds * 1000, ...rest };
}

/** The code of the failure fetch hides in its cause, or its name. */
export async function failure(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
    return 'none';
  } catch (error) {
    const cause = (error as Error).cause as { code?: string } | undefined;
    return cause?.code ?? (error as Error).name;
  }
}
