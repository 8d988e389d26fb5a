import { type Answer, json, type VendorRequest } from '../../http/message.ts';
import type { Counted } from '../../events/masses.ts';
import { type IssueSearch, splitIssueSearch } from '../../search/issues.ts';
import { compileSearch } from '../../search/match.ts';
import { parseSearch } from '../../search/parse.ts';
import type { State } from '../../world/state.ts';
import { DAY, isTransaction, type Issue, type SandboxEvent } from '../../types.ts';
import { readSpan, type Span } from '../dates.ts';
import { badRequest } from '../errors.ts';
import type { IssueForm, IssueView } from './issue-json.ts';
import { type IssueStats, lifetimeOf, NO_EVENTS, statsByIssue } from './issue-stats.ts';
import { lookupOf } from '../lookup.ts';
import { linkHeader, readOffset } from '../pages.ts';
import { inScope, readScope, type Scope } from '../scope.ts';
import { orBadRequest } from '../table/table.ts';

/** `counted`: what the span holds of the projects. */
type Look = { readonly scope: Scope; readonly span: Span; counted(): Counted };

/** GET organizations/{org}/issues/, in the form of the server's age. */
export function issueList(state: State, request: VendorRequest, form: IssueForm): Answer {
  const { query } = request;
  const scope = readScope(state, query);
  const period = readPeriod(query, form);
  const span = readSpan(query, state.clock.now(), '');
  if (scope.projects.size === 0) return json(200, []);
  const look: Look = { scope, span, counted: () => countedIn(state, scope, span) };
  const wish = { collapse: new Set(query.getAll('collapse')), period };
  const show = (views: readonly IssueView[]): unknown[] =>
    views.map((view) => form.json(state, request.base, view, wish));
  if (query.has('group'))
    return json(200, show(namedViews(state, look, query.getAll('group')).slice(0, readLimit(query))));
  return searchAnswer(state, request, look, show);
}

function countedIn(state: State, scope: Scope, span: Span): Counted {
  const now = state.clock.now();
  const { start, end } = span.given ? span : recent(state);
  return {
    events: state.events.single(start, end, now, { holds: (event) => inScope(scope, event) && !isTransaction(event) }),
    portions: state.events
      .portions(start, end, now, scope.projects.keys())
      .filter(({ mass }) => inScope(scope, mass.like)),
  };
}

/** Without dates: what was added over 90 days, and of the story its last hours only. */
export function recentEvents(state: State): SandboxEvent[] {
  const { start, end } = recent(state);
  return state.events.visible(start, end, state.clock.now());
}

function recent(state: State): { readonly start: number; readonly end: number } {
  const now = state.clock.now();
  return { start: state.story === undefined ? now - 90 * DAY : now - 6 * 3_600_000, end: now + 1000 };
}

function readPeriod(query: URLSearchParams, form: IssueForm): string {
  const period = query.get('groupStatsPeriod') ?? '24h';
  if (form.periods.includes(period)) return period;
  throw badRequest(form.badPeriod);
}

/** More than 100 is cut silently. */
function readLimit(query: URLSearchParams): number {
  const limit = Number(query.get('limit') ?? '100');
  if (!Number.isInteger(limit) || limit < 1) throw badRequest('Invalid limit parameter.');
  return Math.min(100, limit);
}

/** `group=`: exactly these, the search and the dates choose nothing. */
function namedViews(state: State, look: Look, ids: readonly string[]): IssueView[] {
  if (!ids.every((id) => /^\d+$/.test(id))) throw badRequest('Group ids must be integers');
  const stats = look.span.given ? statsByIssue(look.counted(), state.issues.current) : null;
  return [...new Set(ids)]
    .map((id) => state.issues.get(id, state.clock.now()))
    .filter((issue) => issue !== undefined)
    .filter((issue) => isListed(issue, look.scope))
    .map((issue) => viewOf(state, look, issue, stats === null ? undefined : (stats.get(issue.id) ?? NO_EVENTS)));
}

function isListed(issue: Issue, scope: Scope): boolean {
  return !issue.deleted && issue.mergedInto === undefined && scope.projects.has(issue.projectId);
}

/** `window` undefined: no dates were given, and the numbers are those of all time. */
function viewOf(
  state: State,
  { scope: { environments } }: Pick<Look, 'scope'>,
  issue: Issue,
  window: IssueStats | undefined,
): IssueView {
  const lifetime = lifetimeOf(state, issue, environments);
  return { issue, lifetime, filtered: null, window: window ?? lifetime };
}

function searchAnswer(
  state: State,
  request: VendorRequest,
  look: Look,
  show: (views: readonly IssueView[]) => unknown[],
): Answer {
  const { query } = request;
  const limit = readLimit(query);
  const direct = directHit(state, look, query);
  if (direct !== undefined) return json(200, show([direct]), { 'x-sentry-direct-hit': '1' });
  const offset = readOffset(query.get('cursor'));
  const search = orBadRequest(() => splitIssueSearch(parseSearch(query.get('query') ?? 'is:unresolved', 'issues')));
  const views = orBadRequest(() => findViews(state, look, search));
  const score = scoreOf(query.get('sort') ?? 'date');
  views.sort((a, b) => score(b) - score(a) || Number(b.issue.id) - Number(a.issue.id));
  const shown = views.slice(offset, offset + limit);
  const last = shown.at(-1);
  const link = linkHeader(
    request,
    { offset, size: limit },
    views.length > offset + limit,
    last === undefined ? 0 : score(last),
  );
  return json(200, show(shown), { link, 'x-hits': String(views.length), 'x-max-hits': '1000' });
}

/** An event id at the beginning of the search, or a short id with `shortIdLookup`: dates are ignored. */
function directHit(state: State, look: Look, query: URLSearchParams): IssueView | undefined {
  const text = (query.get('query') ?? '').trim();
  const now = state.clock.now();
  const id = state.events.byId(/^[0-9a-f]{32}/.exec(text)?.[0] ?? '')?.issueId ?? null;
  const named = query.get('shortIdLookup') === '1' ? state.issues.byShortId(text, now) : undefined;
  const issue = id === null ? named : state.issues.get(state.issues.current(id), now);
  if (issue === undefined || !isListed(issue, look.scope)) return undefined;
  return viewOf(state, look, issue, undefined);
}

/** Issues with events in the window that meet the search's conditions on events. */
function findViews(state: State, look: Look, search: IssueSearch): IssueView[] {
  const matches = compileSearch(search.events, lookupOf(state));
  const { events, portions } = look.counted();
  const all = statsByIssue({ events, portions }, state.issues.current);
  const plain = search.events.parts.length === 0;
  const matching = plain
    ? all
    : statsByIssue(
        { events: events.filter(matches), portions: portions.filter(({ mass }) => matches(mass.like)) },
        state.issues.current,
      );
  const views: IssueView[] = [];
  for (const [id, filtered] of matching) {
    const issue = state.issues.get(id, state.clock.now());
    if (issue === undefined || !isListed(issue, look.scope)) continue;
    const window = look.span.given ? (all.get(id) ?? NO_EVENTS) : undefined;
    const view = { ...viewOf(state, look, issue, window), filtered: plain ? null : filtered };
    if (search.issue(factsOf(state, view))) views.push(view);
  }
  return views;
}

function factsOf(state: State, { issue, window, lifetime }: IssueView): Parameters<IssueSearch['issue']>[0] {
  const slug = state.projects.byId(issue.projectId)?.slug ?? '';
  return { issue, slug, first: lifetime.first ?? 0, last: window.last ?? lifetime.last ?? 0, count: lifetime.count };
}

const SORTS = ['date', 'new', 'freq', 'user', 'trends', 'inbox', 'recommended'];

function scoreOf(sort: string): (view: IssueView) => number {
  if (!SORTS.includes(sort)) throw badRequest(`Invalid sort: ${sort}`);
  if (sort === 'new') return ({ lifetime }) => lifetime.first ?? 0;
  if (sort === 'freq') return ({ window, filtered }) => (filtered ?? window).count;
  if (sort === 'user') return ({ window, filtered }) => (filtered ?? window).users;
  return ({ window }) => window.last ?? 0;
}
