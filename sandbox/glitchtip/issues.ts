import { type Answer, bare, json, type VendorRequest } from '../http/message.ts';
import { Refusal } from '../sentry/errors.ts';
import { microsText } from '../sentry/instants.ts';
import { recentEvents } from '../sentry/issues/issues.ts';
import type { Target } from '../sentry/target.ts';
import type { State } from '../world/state.ts';
import type { Issue, SandboxEvent } from '../types.ts';
import { type IssueFacts, type IssueTest, issueTests } from './issue-search.ts';
import { readPage } from './pages.ts';
import { tagsOf } from './project-events.ts';
import { openProject } from './projects.ts';
import type { RankForm } from './ranks.ts';
import { shellWords } from './shell-words.ts';

export const SERVER_ERROR: Answer = bare(500, '<h1>Server Error (500)</h1>', {
  'content-type': 'text/html; charset=utf-8',
});

/** GET organizations/{org}/issues/. What else Sentry's takes (`group`, `statsPeriod` …) changes nothing. */
export function issueList(state: State, request: VendorRequest): Answer {
  const { query } = request;
  const words = shellWords(query.get('query') ?? '');
  if (words === undefined) return SERVER_ERROR;
  const tests = [...issueTests(words), ...filterTests(state, query)];
  const { rank, form, falling } = sortOf(state, query.get('sort') ?? '');
  const found = knownIssues(state).filter((facts) => tests.every((test) => test(facts)));
  found.sort((a, b) => (falling ? rank(b) - rank(a) : rank(a) - rank(b)) || Number(b.issue.id) - Number(a.issue.id));
  const page = readPage(state, request, { items: found, rank, form, falling });
  return json(
    200,
    page.items.map((facts) => issueJson(state, request.base, facts)),
    page.headers,
  );
}

const NO_PROJECT = '0';

/** GET projects/{org}/{proj}/issues/: the same list of one project. */
export function projectIssues(state: State, request: VendorRequest, { key }: Target): Answer {
  const query = new URLSearchParams(request.query);
  const isThere = state.settings.glitchtipRelease === '2022' || state.projects.find(key)?.access === 'full';
  query.set('project', isThere ? openProject(state, key).id : NO_PROJECT);
  return issueList(state, { ...request, query });
}

/** `project`, `environment`, and `start` and `end`, which are about the day the issue was made. */
function filterTests(state: State, query: URLSearchParams): IssueTest[] {
  const projects = new Set(query.getAll('project').map((id) => existing(state, id)));
  const environments = query.getAll('environment');
  const start = instantOf(query, 'start') ?? -Infinity;
  const end = instantOf(query, 'end') ?? Infinity;
  return [
    ({ issue }) => projects.size === 0 || projects.has(issue.projectId),
    ({ events }) =>
      environments.length === 0 || events.some((event) => environments.includes(tagsOf(event)['environment'] ?? '')),
    ({ first }) => first >= start && first <= end,
  ];
}

function existing(state: State, id: string): string {
  const isNew = state.settings.glitchtipRelease !== '2022';
  if (state.projects.byId(id) !== undefined || (isNew && /^\d+$/.test(id))) return id;
  if (isNew) throw unfit('project', 'Input should be a valid integer');
  throw new Refusal(json(400, { project: [`Select a valid choice. ${id} is not one of the available choices.`] }));
}

function instantOf(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '';
  if (text === '') return undefined;
  const instant = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) || !text.includes('T') ? text : `${text}Z`);
  if (Number.isNaN(instant)) throw new Refusal(json(400, { [name]: ['Enter a valid date/time.'] }));
  return instant;
}

type Sort = { readonly rank: (facts: IssueFacts) => number; readonly form: RankForm; readonly falling: boolean };

const LAST_SEEN: Sort = { rank: ({ last }) => last, form: 'instant', falling: true };

const SORTS: ReadonlyMap<string, Omit<Sort, 'falling'>> = new Map<string, Omit<Sort, 'falling'>>([
  ['last_seen', LAST_SEEN],
  ['created', { rank: ({ first }) => first, form: 'instant' }],
  ['first_seen', { rank: ({ first }) => first, form: 'instant' }],
  ['count', { rank: ({ count }) => count, form: 'number' }],
  ['priority', { rank: ({ count, last }) => Math.log10(count) + last / 300_000_000, form: 'number' }],
]);

function unfit(name: string, msg: string): Refusal {
  return new Refusal(json(422, { detail: [{ type: 'value_error', loc: ['query', name], msg }] }));
}

/** Sentry's own names are not known here: a 422 since 2024, before that newest last_seen first. */
function sortOf(state: State, sort: string): Sort {
  const known = SORTS.get(sort.replace(/^-/, ''));
  if (known === undefined && sort !== '' && state.settings.glitchtipRelease !== '2022')
    throw unfit('sort', 'Input should be a known sort');
  return known === undefined ? LAST_SEEN : { ...known, falling: sort.startsWith('-') };
}

/** All that ever had an event, of the story those of its last hours. */
function knownIssues(state: State): IssueFacts[] {
  const now = state.clock.now();
  const recent = Map.groupBy(state.story === undefined ? [] : recentEvents(state), (event) => event.issueId ?? '');
  const ids = new Set([...state.issues.ownIds(), ...recent.keys()]);
  return [...ids]
    .map((id) => state.issues.get(id, now))
    .filter((issue) => issue !== undefined)
    .filter(
      (issue) =>
        !issue.deleted && issue.mergedInto === undefined && state.projects.byId(issue.projectId)?.access === 'full',
    )
    .map((issue) => factsOf(state, issue, recent, now))
    .filter((facts) => facts.count > 0);
}

function factsOf(state: State, issue: Issue, recent: ReadonlyMap<string, SandboxEvent[]>, now: number): IssueFacts {
  const aliases = state.issues.aliases(issue.id);
  const own = state.events.ofIssue(aliases, now);
  const told = state.story?.lifetime(issue.id, now);
  let first = issue.firstSeen ?? Infinity;
  let last = told?.last ?? -Infinity;
  for (const { arrivedAt } of own) {
    last = Math.max(last, arrivedAt);
    if (issue.firstSeen === undefined) first = Math.min(first, arrivedAt);
  }
  const made = first === Infinity ? now : first;
  const events = [...new Set([...own, ...[...aliases].flatMap((id) => recent.get(id) ?? [])])];
  return {
    issue,
    events,
    count: own.length + issue.olderEvents + (told?.count ?? 0),
    first: made,
    last: last === -Infinity ? made : last,
  };
}

function issueJson(state: State, base: string, { issue, count, first, last }: IssueFacts): Record<string, unknown> {
  const project = state.projects.byId(issue.projectId);
  return {
    annotations: [],
    assignedTo: null,
    count: String(count),
    culprit: issue.culprit,
    firstSeen: microsText(first),
    hasSeen: false,
    id: issue.id,
    isBookmarked: false,
    isPublic: false,
    isSubscribed: false,
    lastSeen: microsText(last),
    level: issue.level,
    logger: null,
    metadata: { ...issue.metadata },
    numComments: 0,
    permalink: permalinkOf(state, base, issue),
    project: {
      id: issue.projectId,
      name: project?.name ?? '',
      slug: project?.slug ?? '',
      platform: project?.platform ?? null,
    },
    shareId: null,
    shortId: issue.shortId,
    stats: {},
    status: issue.status,
    statusDetails: {},
    subscriptionDetails: null,
    title: issue.title,
    type: issue.type,
    userReportCount: 0,
    userCount: 0,
  };
}

/** Since 5.1 an address that leads to a list: it has the project's slug where the organization's belongs. */
function permalinkOf(state: State, base: string, { id, projectId }: Issue): string {
  if (state.settings.glitchtipRelease !== '5.1') return 'Not implemented';
  return `${base}/${state.projects.byId(projectId)?.slug ?? ''}/issues/${id}`;
}
