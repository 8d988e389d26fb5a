import { HOUR_MS } from '../../../../core/model/window.ts';
import type { HourCount, WindowCount } from '../../../../core/ports/read-model.ts';

/** Windows of filters by the hour in which they start. */
export function byHour(counts: ReadonlyMap<string, readonly WindowCount[]>): ReadonlyMap<string, readonly HourCount[]> {
  return new Map(
    [...counts].map(([name, windows]) => {
      const hours = Map.groupBy(windows, ({ start }) => Math.floor(start / HOUR_MS) * HOUR_MS);
      return [name, [...hours].map(([start, own]) => hourOf(start, own))];
    }),
  );
}

function hourOf(start: number, windows: readonly WindowCount[]): HourCount {
  return {
    start,
    windows: windows.length,
    complete: windows.filter(({ complete }) => complete).length,
    events: windows.reduce((sum, { events }) => sum + events, 0),
    revision: Math.max(...windows.map(({ revision }) => revision)),
  };
}
