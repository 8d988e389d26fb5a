import { PERIOD_MS, type Window } from '../../../../core/model/window.ts';
import type { Cell, Grid } from './grid.ts';
import type { Slot } from '../model.ts';

/** What is known of a filter's counts. */
export interface FilterCounts {
  /** By windows, of the last half day at least. */
  readonly windows: Grid;
  /** By windows or hours, as far back as the bars go. */
  readonly bars: Grid;
  /** The source's own series; null: none was read. */
  readonly source: Grid | null;
  /**
   * Start of the first window that any server counted, epoch ms: from there on the source's series says nothing, so
   * that a hole stays one. Infinity: none was. Null: nobody knows of other servers, and the series serves everywhere.
   */
  readonly first: number | null;
}

/** Bars. */
export interface Bars {
  readonly span: Window;
  readonly step: number;
  /** End of the last window that should have been counted, or was; epoch ms. */
  readonly until: number;
}

/** One a step; null: not counted. */
export function slotsOf(counts: FilterCounts, bars: Bars): readonly (Slot | null)[] {
  const { span, step, until } = bars;
  // The series is another object at each look.
  if (counts.source !== null) return makeSlots(counts, bars);
  return counts.bars.derived(`bars ${span.start} ${span.end} ${step} ${until}`, () => makeSlots(counts, bars));
}

function makeSlots(counts: FilterCounts, { span, step, until }: Bars): readonly (Slot | null)[] {
  return Array.from({ length: (span.end - span.start) / step }, (_, index) => {
    const start = span.start + index * step;
    const due = Math.max(1, (Math.min(start + step, until) - start) / PERIOD_MS);
    return slotOf(counts, { start, end: start + step }, due);
  });
}

function slotOf({ bars, source, first }: FilterCounts, { start, end }: Window, due: number): Slot | null {
  const cell = bars.sum(start, end);
  if (cell !== null) return { start, ...slotIn(cell, due), ...(end - start === PERIOD_MS ? {} : windowsIn(cell, due)) };
  const told = first !== null && end > first ? null : (source?.sum(start, end) ?? null);
  return told === null ? null : { start, ...slotIn(told, due), counted: 0, from: 'source' };
}

function slotIn(cell: Cell, due: number): Pick<Slot, 'events' | 'complete' | 'revision'> {
  const { events, counted, complete, revision } = cell;
  return { events, complete: counted >= due && complete === counted, revision };
}

function windowsIn({ counted }: Cell, due: number): Pick<Slot, 'counted' | 'due'> {
  return { counted, due: Math.max(due, counted) };
}
