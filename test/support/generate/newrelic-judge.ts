import { runNrql, type Stored } from './nrql-run.ts';
import { parseNrql } from './nrql.ts';
import { type Block } from './terraform.ts';
import { queryOf } from './newrelic-conditions.ts';

/** A record with the time at which it reached New Relic, epoch milliseconds. */
export interface Arrived extends Stored {
  readonly at: number;
}

/**
 * What a condition without facets opens, by New Relic's documents on streaming alerts: a timer of each window, begun
 * anew by each record of it; what comes after it ran out is not seen; an empty window has no value and ends a duration,
 * unless gaps are filled with the last value.
 */
export function opened(condition: Block, arrived: readonly Arrived[]): readonly string[] {
  if (condition['aggregation_method'] !== 'event_timer') throw new Error('only the event timer is known here');
  const size = (condition['aggregation_window'] as number) * 1000;
  const values = valuesOf(condition, seen(condition, arrived, size), size);
  return ['critical', 'warning'].filter((severity) =>
    ((condition[severity] as readonly Block[] | undefined) ?? []).some((term) => opens(term, values, size / 1000)),
  );
}

function seen(condition: Block, arrived: readonly Arrived[], size: number): readonly Arrived[] {
  const timer = (condition['aggregation_timer'] as number) * 1000;
  const ends = new Map<number, number>();
  return arrived
    .toSorted((a, b) => a.at - b.at)
    .filter(({ timestamp, at }) => {
      const window = Math.floor(timestamp / size);
      if (at > (ends.get(window) ?? Infinity)) return false;
      ends.set(window, at + timer);
      return true;
    });
}

function valuesOf(condition: Block, records: readonly Arrived[], size: number): readonly (number | null)[] {
  const query = parseNrql(queryOf(condition));
  const windows = records.map(({ timestamp }) => Math.floor(timestamp / size));
  const [first, last] = [Math.min(...windows), Math.max(...windows)];
  let before: number | null = null;
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const start = (first + index) * size;
    const own = records.filter(({ timestamp }) => Math.floor(timestamp / size) === first + index);
    const [row] = runNrql(
      { ...query, since: size },
      own.map(({ record }) => ({ timestamp: start + 1, record })),
      start + size,
    );
    const value = row === undefined ? null : (Object.values(row.values)[0] as number | null);
    before = value ?? (condition['fill_option'] === 'last_value' ? before : null);
    return before;
  });
}

function opens(term: Block, values: readonly (number | null)[], windowSeconds: number): boolean {
  const {
    operator,
    threshold,
    threshold_duration: seconds,
    threshold_occurrences: how,
  } = term as unknown as {
    operator: string;
    threshold: number;
    threshold_duration: number;
    threshold_occurrences: string;
  };
  if (operator !== 'above') throw new Error(`only above is known here, not ${operator}`);
  const needed = how === 'all' ? seconds / windowSeconds : 1;
  let row = 0;
  return values.some((value) => {
    row = value !== null && value > threshold ? row + 1 : 0;
    return row >= needed;
  });
}
