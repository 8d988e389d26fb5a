import { type Answer, json, type VendorRequest } from '../http/message.ts';
import { isTransaction, type SandboxEvent } from '../types.ts';
import type { State } from '../world/state.ts';
import { readSpan } from './dates.ts';
import { inScope, readScope } from './scope.ts';

/** As many as are told of, the most frequent ones. There are no pages. */
const MOST_KEYS = 1000;

/** GET organizations/{org}/tags/: the keys of all tags that events had, with the number of those events. */
export function tagKeys(state: State, { query }: VendorRequest): Answer {
  const now = state.clock.now();
  const scope = readScope(state, query);
  const { start, end } = readSpan(query, now, '');
  const withTransactions = (query.get('include_transactions') ?? '1') === '1';
  const counts = new Map<string, number>();
  for (const event of state.events.visible(start, end, now)) {
    if (!inScope(scope, event) || (isTransaction(event) && !withTransactions)) continue;
    for (const key of keysOf(event)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const found = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST_KEYS);
  return json(
    200,
    found.map(([key, totalValues]) => ({ key, name: labelOf(key), totalValues })),
  );
}

/** What Sentry itself sets as a tag as well comes under its plain name. */
function keysOf(event: SandboxEvent): Set<string> {
  const { level, release, environment, user, transaction, dist } = event;
  const own = Object.entries({ level, release, environment, user, transaction, dist });
  return new Set([...Object.keys(event.tags), ...own.filter(([, value]) => value !== null).map(([key]) => key)]);
}

function labelOf(key: string): string {
  return key.replaceAll('_', ' ').replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
}
