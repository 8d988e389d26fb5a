import { matcher } from '../../../core/model/counting/match.ts';
import type { Filter } from '../../../core/model/filter.ts';
import type { Gap } from '../../../core/model/gap.ts';
import { CANDIDATES } from '../../../core/model/make-report.ts';
import { type Ask, type Baseline, baselineSpan, type IssueRow } from '../../../core/model/reading.ts';
import type { Window } from '../../../core/model/window.ts';
import { countedEvent } from '../../../core/model/counting/stored-event.ts';
import { type EventsOptions, isByCounts, wishOf } from './options.ts';

/** Events that are looked at one by one for the past of a filter with terms, at most, in each span. */
export const MOST_PAST = 100_000;

export interface Past {
  readonly baselines: readonly Baseline[];
  readonly gaps: readonly Gap[];
}

/** The past of the biggest issues: out of counts, or where terms choose among an issue's events, out of those. */
export async function readPast(
  { filter, window }: Ask,
  issues: readonly IssueRow[],
  options: EventsOptions,
): Promise<Past> {
  const ids = issues.slice(0, CANDIDATES).map(({ issueId }) => issueId);
  const baselines: Baseline[] = [];
  const lost: string[] = [];
  for (const name of ids.length === 0 ? [] : options.baselines) {
    const span = baselineSpan(name, window);
    const counts = await countsIn(filter, ids, span, options);
    if (counts === null) lost.push(name);
    else baselines.push({ name, span, events: new Map(ids.map((id) => [id, counts.get(id) ?? 0])) });
  }
  return { baselines, gaps: lost.length === 0 ? [] : [tooMany(lost)] };
}

/** Null: there are too many events to look at. */
async function countsIn(
  filter: Filter,
  ids: readonly string[],
  span: Window,
  { store }: EventsOptions,
): Promise<ReadonlyMap<string, number> | null> {
  if (isByCounts(filter)) return store.counts(wishOf(filter), ids, span);
  if ((await store.held(filter.projects, span)) > MOST_PAST) return null;
  const [match, wanted, counts] = [matcher(filter), new Set(ids), new Map<string, number>()];
  await store.each(filter.projects, span, (events) => {
    for (const event of events)
      if (wanted.has(event.issueId) && match(countedEvent(event)) === 'yes')
        counts.set(event.issueId, (counts.get(event.issueId) ?? 0) + 1);
  });
  return counts;
}

function tooMany(names: readonly string[]): Gap {
  return {
    part: 'baselines',
    reason: 'not_answered',
    detail:
      `${names.join(', ')}: more than ${MOST_PAST} events would have to be searched for the filter's terms; ` +
      'give it environments, or a project of its own',
  };
}
