import { createTally } from '../../../core/model/counting/tally.ts';
import { type SpanUsers, spansWanted, type SpanWish, uncounted } from '../../../core/model/alerting/span-users.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Ask } from '../../../core/model/reading.ts';
import type { Window } from '../../../core/model/window.ts';
import { countedEvent } from '../../../core/model/counting/stored-event.ts';
import { type EventsOptions, isByCounts, wishOf } from './options.ts';
import { MOST_PAST } from './past.ts';

export interface SpansRead {
  readonly spans: readonly SpanUsers[];
  readonly warnings: readonly string[];
}

/** Users over the spans that the filter's rules ask for. */
export async function readSpans({ filter, window }: Ask, options: EventsOptions): Promise<SpansRead> {
  const spans: SpanUsers[] = [];
  const warnings: string[] = [];
  for (const wish of spansWanted(filter)) {
    const found = await usersIn(filter, wish, { start: window.end - wish.spanMs, end: window.end }, options);
    spans.push(found ?? uncounted(wish));
    if (found === null)
      warnings.push(
        `users in ${wish.spanMs / 60_000}m are not counted, and rules take the largest window there: ` +
          `more than ${MOST_PAST} events would have to be searched for the filter's terms`,
      );
  }
  return { spans, warnings };
}

/** Null: there are too many events to look at. */
async function usersIn(
  filter: Filter,
  { spanMs, issuesAbove }: SpanWish,
  span: Window,
  { store }: EventsOptions,
): Promise<SpanUsers | null> {
  if (isByCounts(filter)) return { spanMs, issuesAbove, ...(await store.users(wishOf(filter), span, issuesAbove)) };
  if ((await store.held(filter.projects, span)) > MOST_PAST) return null;
  const tally = createTally({ ...filter, tags: [] });
  await store.each(filter.projects, span, (events) => events.map(countedEvent).forEach(tally.add));
  const issues = [...tally.issues].filter(([, { users }]) => issuesAbove !== null && users.size > issuesAbove);
  return {
    spanMs,
    issuesAbove,
    users: tally.users.size,
    issues: Object.fromEntries(issues.map(([id, { users }]) => [id, users.size])),
  };
}
