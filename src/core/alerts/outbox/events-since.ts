import { BY_WINDOW_MS } from '../../model/alerting/rule.ts';
import { DAY_MS, PERIOD_MS } from '../../model/window.ts';
import type { AlertStore, IssueCount } from '../../ports/alerting/alert-store.ts';
import type { Wait } from './forming/after.ts';

/**
 * By key of what waits for events, the most that its issue had in any span that ended since; of spans that are longer
 * than windows are kept with their issues, what it had in the one that lasts: since then nobody knows by window.
 */
export async function eventsSince(
  waits: readonly Wait[],
  alerts: Pick<AlertStore, 'look'>,
  now: number,
): Promise<ReadonlyMap<string, number>> {
  const [long, short] = [waits.filter(isLong), waits.filter((wait) => !isLong(wait))];
  return new Map([...(await byWindow(short, alerts)), ...(await byDay(long, alerts, now))]);
}

function isLong({ spanMs }: Wait): boolean {
  return spanMs > BY_WINDOW_MS;
}

async function byWindow(waits: readonly Wait[], alerts: Pick<AlertStore, 'look'>) {
  const asks = [...Map.groupBy(waits, ({ filter }) => filter)].map(([filter, own]) => ({
    filter,
    from: Math.min(...own.map(({ since, spanMs }) => since + PERIOD_MS - spanMs)),
    to: Number.MAX_SAFE_INTEGER,
    issues: [...new Set(own.map(({ issue }) => issue))],
  }));
  const found = await alerts.look((trx) => trx.counts(asks));
  const series = new Map([...found].map(([filter, counts]) => [filter, Map.groupBy(counts, ({ id }) => id)] as const));
  return waits.map((wait): [string, number] => [
    wait.key,
    mostIn(series.get(wait.filter)?.get(wait.issue) ?? [], wait),
  ]);
}

/** From so many days before today on, UTC, as `top` counts days. */
async function byDay(waits: readonly Wait[], alerts: Pick<AlertStore, 'look'>, now: number) {
  const today = Math.floor(now / DAY_MS) * DAY_MS;
  const counted: [string, number][] = [];
  for (const [spanMs, some] of Map.groupBy(waits, (wait) => wait.spanMs)) {
    const filters = [...new Set(some.map(({ filter }) => filter))];
    const span = { from: today - spanMs, to: Number.MAX_SAFE_INTEGER };
    const sums = await alerts.look((trx) => trx.sums(filters.map((filter) => ({ filter, ...span }))));
    const byId = new Map([...sums].map(([filter, all]) => [filter, new Map(all.map((it) => [it.id, it.events]))]));
    for (const { key, filter, issue } of some) counted.push([key, byId.get(filter)?.get(issue) ?? 0]);
  }
  return counted;
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
