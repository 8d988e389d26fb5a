import { isDeepStrictEqual } from 'node:util';
import type { Filter } from '../../../src/core/model/filter.ts';
import type { Answer, Ask, Reading } from '../../../src/core/model/reading.ts';
import type { Source } from '../../../src/core/ports/source.ts';
import { sentry } from '../../../src/integrations/sources/sentry/index.ts';
import { depsOf, type TestDeps } from '../build/deps.ts';
import { type Call, mock, mockAlways, type Reply } from '../build/http-mock.ts';
import { filterOf, WINDOW } from '../build/reports.ts';
import { scopeOf, type TestScope } from '../build/scope.ts';

export const TOKEN = 'sntrys_0123456789abcdef/+==';
export const API = 'https://sentry.io/api/0/organizations/acme';

type Pairs = readonly (readonly [string, string])[];

/** The one request of freshness: all projects, the window and the hour before. */
export const SILENCE: Pairs = [
  ['dataset', 'errors'],
  ['field', 'count()'],
  ['field', 'last_seen()'],
  ['query', ''],
  ['start', '2026-11-20T09:00:00'],
  ['end', '2026-11-20T10:05:00'],
  ['project', '-1'],
  ['per_page', '100'],
];

/** What differs between the table requests of the tests. */
export interface Asked {
  readonly api?: string;
  readonly query?: string;
  readonly projects?: readonly string[];
  readonly environments?: readonly string[];
  readonly cursor?: string;
  /** Of the window; 10:00 to 10:05 unless given. */
  readonly start?: string;
  readonly end?: string;
}

/**
 * By the events table, without trends. Whether Sentry is silent may be asked at any time.
 * Here it never is: an organization without events. Nor do terms with stars around them find more.
 */
export function createSource(env: Record<string, string> = {}, deps: TestDeps = depsOf()): Source {
  const base = (env['SENTRY_URL'] ?? 'https://sentry.io').replace(/\/$/, '').replace(/\/api\/0$/, '');
  mockAlways(`${base}/api/0/organizations/acme/events/`, (query) => isDeepStrictEqual(query, SILENCE), {
    body: { data: [{ 'count()': 0 }] },
  });
  mockAlways(`${base}/api/0/organizations/acme/events/`, isStarred, { body: { data: [{ 'count()': 0 }] } });
  return buildSource(env, deps);
}

function isStarred(query: Pairs): boolean {
  return query.some(([name, value]) => name === 'query' && value.startsWith('message:"*'));
}

/** As createSource, with nothing answered. */
export function buildSource(env: Record<string, string> = {}, deps: TestDeps = depsOf()): Source {
  return sentry
    .read({ SENTRY_ORG: 'acme', SENTRY_AUTH_TOKEN: TOKEN, TREND_BASELINES: 'off', SENTRY_SOURCE: 'table', ...env })
    .create(deps, 'sentry').part;
}

export function askOf(given: Partial<Filter> = {}, want: Ask['want'] = 'full'): Ask {
  return { filter: filterOf(given), window: WINDOW, want };
}

export async function readAll(
  source: Source,
  asks: readonly Ask[],
  scope: TestScope = scopeOf(),
): Promise<readonly Answer[]> {
  const answers: Answer[] = [];
  for await (const answer of source.read(asks, scope)) answers.push(answer);
  return answers;
}

/** The reading of one filter; throws its fault. */
export async function readOne(
  given: Partial<Filter> = {},
  source: Source = createSource(),
  scope: TestScope = scopeOf(),
): Promise<Reading> {
  const [answer] = await readAll(source, [askOf(given)], scope);
  if (answer === undefined || 'fault' in answer) throw new Error(answer?.fault.message ?? 'no answer');
  return answer.reading;
}

/** Slugs and ids of the organization. */
export function projects(...replies: readonly Reply[]): Call[] {
  const usual: Reply = {
    body: [
      { id: '11', slug: 'crm-web' },
      { id: '12', slug: 'crm-api' },
    ],
  };
  return mock({ url: `${API}/projects/`, query: [['per_page', '100']] }, ...(replies.length === 0 ? [usual] : replies));
}

export function table(
  fields: readonly string[],
  sort: readonly string[],
  {
    api = API,
    query = '',
    projects: ids = ['11'],
    environments = [],
    cursor,
    start = '2026-11-20T10:00:00',
    end = '2026-11-20T10:05:00',
  }: Asked,
  replies: readonly Reply[],
): Call[] {
  const pairs: Pairs = [
    ['dataset', 'errors'],
    ...fields.map((it) => ['field', it] as const),
    ['query', query],
    ['start', start],
    ['end', end],
    ...ids.map((it) => ['project', it] as const),
    ...environments.map((it) => ['environment', it] as const),
    ...sort.map((it) => ['sort', it] as const),
    ['per_page', '100'],
    ...(cursor === undefined ? [] : [['cursor', cursor] as const]),
  ];
  return mock(
    { url: `${api}/events/`, query: pairs, headers: { authorization: `Bearer ${TOKEN}`, accept: 'application/json' } },
    ...replies,
  );
}

export function totals(asked: Asked, ...replies: readonly Reply[]): Call[] {
  return table(['project.id', 'count()', 'count_unique(user)'], ['-count()', 'project.id'], asked, replies);
}

/** All events of a search, as one number. */
export function sum(asked: Asked, ...counts: readonly number[]): Call[] {
  const replies = counts.map((count) => ({ body: { data: [{ 'count()': count }], meta: {} } }));
  return table(['count()'], [], asked, replies);
}

export function rows(asked: Asked, ...replies: readonly Reply[]): Call[] {
  return table(['issue.id', 'project.id', 'count()', 'count_unique(user)'], ['-count()', 'issue.id'], asked, replies);
}

/** `fields`: as Sentry is asked for the tags. */
export function splits(fields: readonly string[], asked: Asked, ...replies: readonly Reply[]): Call[] {
  return table(['issue.id', 'project.id', ...fields, 'count()'], ['-count()', 'issue.id', ...fields], asked, replies);
}

export function details(ids: readonly string[], projectIds: readonly string[], ...replies: readonly Reply[]): Call[] {
  return detailsIn([], ids, projectIds, ...replies);
}

export function detailsIn(
  environments: readonly string[],
  ids: readonly string[],
  projectIds: readonly string[],
  ...replies: readonly Reply[]
): Call[] {
  const query: Pairs = [
    ...ids.map((it) => ['group', it] as const),
    ...projectIds.map((it) => ['project', it] as const),
    ...environments.map((it) => ['environment', it] as const),
    ['query', ''],
    ['groupStatsPeriod', ''],
    ['limit', '100'],
  ];
  return mock({ url: `${API}/issues/`, query, unordered: ['group', 'project'] }, ...replies);
}

/** The history of an issue: type and date of each entry, the newest first. */
export function history(id: string, ...replies: readonly (readonly (readonly [string, string])[] | Reply)[]): Call[] {
  const query: Pairs = ['stats', 'tags', 'release'].map((part) => ['collapse', part] as const);
  const answers = replies.map((reply): Reply => {
    if (!Array.isArray(reply)) return reply as Reply;
    return {
      body: {
        id,
        activity: reply.map(([type, dateCreated]) => ({ id: '1', user: null, type, data: {}, dateCreated })),
      },
    };
  });
  return mock({ url: `${API}/issues/${id}/`, query }, ...answers);
}

/** project id, events, users */
export function totalRows(...all: readonly (readonly [number, number, number])[]): Reply {
  return {
    body: {
      data: all.map(([id, events, users]) => ({ 'project.id': id, 'count()': events, 'count_unique(user)': users })),
      meta: {},
    },
  };
}

/** issue id, project id, events, users */
export function issueRows(...all: readonly (readonly [number | null, number, number, number])[]): { body: object } {
  return {
    body: {
      data: all.map(([id, project, events, users]) => ({
        'issue.id': id,
        'project.id': project,
        'count()': events,
        'count_unique(user)': users,
      })),
      meta: {},
    },
  };
}

/** An issue as Sentry answers it, trimmed. */
export function issue(id: string, given: object = {}): object {
  return {
    id,
    shortId: `CRM-${id}`,
    title: `Error ${id}`,
    culprit: 'index.js in f',
    permalink: `https://acme.sentry.io/issues/${id}/`,
    level: 'error',
    status: 'unresolved',
    substatus: 'ongoing',
    firstSeen: '2026-11-20T10:01:00Z',
    lifetime: { firstSeen: '2025-04-03T22:51:19.403000Z' },
    assignedTo: null,
    count: '25',
    userCount: 1,
    ...given,
  };
}

/** A `Link` header as Sentry sends it. */
export function link(cursor: string, results = true): { readonly Link: string } {
  const url = `${API}/events/?&cursor=`;
  return {
    Link: `<${url}0:0:1>; rel="previous"; results="false"; cursor="0:0:1", <${url}${encodeURIComponent(cursor)}>; rel="next"; results="${results}"; cursor="${cursor}"`,
  };
}
