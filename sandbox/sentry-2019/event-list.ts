import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { comparing } from '../events/ordered.ts';
import { compileSearch } from '../search/match.ts';
import { parseSearch } from '../search/parse.ts';
import { readSpan } from '../sentry/dates.ts';
import { oldEventJson } from '../sentry/event-json.ts';
import { recentEvents } from '../sentry/issues/issues.ts';
import { lookupOf } from '../sentry/lookup.ts';
import { linkHeader, readPage } from '../sentry/pages.ts';
import { inScope, readScope } from '../sentry/scope.ts';
import { orBadRequest } from '../sentry/table/table.ts';
import type { State } from '../world/state.ts';

/** GET organizations/{org}/events/ of 10.x: a bare list of events, whatever `field` and `sort` ask for. */
export function eventList(state: State, request: VendorRequest): Answer {
  const { query } = request;
  const scope = readScope(state, query);
  const now = state.clock.now();
  const span = readSpan(query, now, '');
  const page = readPage(query);
  const matches = orBadRequest(() => compileSearch(parseSearch(query.get('query') ?? '', 'events'), lookupOf(state)));
  const events = span.given ? state.events.visible(span.start, span.end, now) : recentEvents(state);
  const found = events.filter((event) => inScope(scope, event) && matches(event)).sort(comparing('time'));
  const end = page.offset + page.size;
  const shown = found.slice(page.offset, end).map((event) => oldEventJson(state, event));
  return json(200, shown, { link: linkHeader(request, page, found.length > end) });
}
