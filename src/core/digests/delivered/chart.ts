import type { Digest, DigestChartSpan } from '../../model/alerting/digest.ts';
import { matcher } from '../../model/counting/match.ts';
import { countedEvent } from '../../model/counting/stored-event.ts';
import type { Filter } from '../../model/filter.ts';
import { PERIOD_MS, type Window } from '../../model/window.ts';
import type { EventStore } from '../../ports/events/event-store.ts';
import { chartOf, chartSpan } from '../windows.ts';

export interface ChartDeps {
  readonly events: Pick<EventStore, 'series' | 'each'>;
  /** All that happened before this instant was read, epoch ms. */
  readonly readTo: number;
}

/** Events by their own time, told or not. `end`: epoch ms, on the grid. */
export async function storedChart(
  span: DigestChartSpan,
  end: number,
  filters: readonly Filter[],
  { events, readTo }: ChartDeps,
): Promise<Digest['chart']> {
  const { barMs, ...window } = chartSpan(span, end);
  const counts = new Map<number, number>();
  const add = (at: number, some: number): void => {
    const bar = at - ((at - window.start) % barMs);
    counts.set(bar, (counts.get(bar) ?? 0) + some);
  };
  for (const filter of filters) await addEvents(filter, window, events, add);
  const windows = (barMs / PERIOD_MS) * filters.length;
  const sums = new Map<number, { windows: number; complete: number; events: number }>();
  for (let bar = window.start; bar < end; bar += barMs)
    sums.set(bar, { windows, complete: bar + barMs <= readTo ? windows : 0, events: counts.get(bar) ?? 0 });
  return chartOf(span, { end, filters: filters.length, sums });
}

/** Where terms choose among them, each is looked at; else they were counted when they were stored. */
async function addEvents(
  filter: Filter,
  window: Window,
  { series, each }: ChartDeps['events'],
  add: (at: number, events: number) => void,
): Promise<void> {
  const { projects, environments, levels, searchTerms, exclude } = filter;
  if (searchTerms.length + exclude.length === 0) {
    const counts = await series({ projects, environments, levels }, window, PERIOD_MS);
    for (const { start, events } of counts) add(start, events);
    return;
  }
  const match = matcher(filter);
  await each(projects, window, (events) => {
    for (const event of events) if (match(countedEvent(event)) === 'yes') add(event.at, 1);
  });
}
