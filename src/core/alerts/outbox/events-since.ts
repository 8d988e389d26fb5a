import { PERIOD_MS } from '../../model/window.ts';
import type { AlertStore, IssueCount } from '../../ports/alerting/alert-store.ts';
import type { Wait } from './forming/after.ts';

/**
 * By key of what waits for events, the most that its issue had in any span that ended since. As far back as windows are
 * kept with their issues: nobody waits for events of days ago.
 */
export async function eventsSince(
  waits: readonly Wait[],
  alerts: Pick<AlertStore, 'look'>,
): Promise<ReadonlyMap<string, number>> {
  const asks = [...Map.groupBy(waits, ({ filter }) => filter)].map(([filter, own]) => ({
    filter,
    from: Math.min(...own.map(({ since, spanMs }) => since + PERIOD_MS - spanMs)),
    to: Number.MAX_SAFE_INTEGER,
    issues: [...new Set(own.map(({ issue }) => issue))],
  }));
  const found = await alerts.look((trx) => trx.counts(asks));
  const series = new Map([...found].map(([filter, counts]) => [filter, Map.groupBy(counts, ({ id }) => id)] as const));
  return new Map(waits.map((wait) => [wait.key, mostIn(series.get(wait.filter)?.get(wait.issue) ?? [], wait)]));
}

/** `all`: in the order of their windows. */
function mostIn(all: readonly IssueCount[], { since, spanMs }: Wait): number {
  const counts = all.filter(({ start }) => start > since - spanMs);
  let [most, sum, first] = [0, 0, 0];
  for (const { start, events } of counts) {
    sum += events;
    for (; counts[first]!.start <= start - spanMs; first++) sum -= counts[first]!.events;
    most = Math.max(most, sum);
  }
  return most;
}
